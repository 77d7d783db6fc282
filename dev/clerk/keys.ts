/** What Clerk's dashboard would show, and the private key that it would keep. Strings alone, so that tests can pass it on. */
export type ClerkKeys = {
  privateKey: string;
  /** The public key, as CLERK_JWT_KEY wants it */
  jwtKey: string;
  webhookSecret: string;
  publishableKey: string;
  secretKey: string;
};

/** Where Clerk's own API for browsers would be; nothing answers there. */
const FRONTEND_API = "clerk.ancre.localhost";

export const ISSUER = `https://${FRONTEND_API}`;

export const RS256 = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };

// The SDK reads the modulus by cutting off what surrounds it in a PEM of exactly this size and exponent.
const SHAPE = { modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) };

/** Makes a key pair and a webhook secret of its own; WebCrypto only, so that it runs in workerd too. */
export async function createClerkKeys(): Promise<ClerkKeys> {
  const pair = (await crypto.subtle.generateKey({ ...RS256, ...SHAPE }, true, [
    "sign",
    "verify",
  ])) as CryptoKeyPair;
  return withInstance({
    privateKey: pem("PRIVATE KEY", (await crypto.subtle.exportKey("pkcs8", pair.privateKey)) as ArrayBuffer),
    jwtKey: pem("PUBLIC KEY", (await crypto.subtle.exportKey("spki", pair.publicKey)) as ArrayBuffer),
    webhookSecret: `whsec_${base64(crypto.getRandomValues(new Uint8Array(24)))}`,
  });
}

/** Adds what is the same for everybody. */
export function withInstance(secrets: Pick<ClerkKeys, "privateKey" | "jwtKey" | "webhookSecret">): ClerkKeys {
  return {
    ...secrets,
    publishableKey: `pk_test_${btoa(`${FRONTEND_API}$`)}`,
    secretKey: "sk_test_localStandInKnownToNobody",
  };
}

export function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/** Reads standard base64. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function pem(label: string, der: ArrayBuffer): string {
  const lines = base64(new Uint8Array(der)).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
