import { base64, type ClerkKeys, fromBase64, ISSUER, RS256 } from "./keys.ts";

export type SessionClaims = {
  userId: string;
  /** The active organisation; without it the session is a personal one. */
  org?: { id: string; slug: string; role: string };
  /** The origin that asked Clerk for the token; real ones always have it. */
  azp?: string;
  /** 60 like Clerk's own */
  expiresInSeconds?: number;
  issuedAt?: Date;
};

// Clerk dates tokens back a little for servers whose clock is slow.
const NOT_BEFORE_SECONDS = 10;

// How Clerk marks session tokens among the other kinds of JWT that it signs with the same key.
const SESSION_CATEGORY = "cl_B7d4PD111AAA";

/** Signs a session token of the second version, as Clerk would for a signed-in person. */
export async function signSessionToken(keys: ClerkKeys, claims: SessionClaims): Promise<string> {
  const { userId, org, azp, expiresInSeconds = 60, issuedAt = new Date() } = claims;
  const iat = Math.floor(issuedAt.getTime() / 1000);
  const header = { alg: "RS256", cat: SESSION_CATEGORY, kid: "ins_local", typ: "JWT" };
  const payload = {
    ...(azp ? { azp } : {}),
    exp: iat + expiresInSeconds,
    fva: [0, -1],
    iat,
    iss: ISSUER,
    nbf: iat - NOT_BEFORE_SECONDS,
    // The SDK puts the prefix back.
    ...(org ? { o: { id: org.id, rol: org.role.replace(/^org:/, ""), slg: org.slug } } : {}),
    sid: `sess_${crypto.randomUUID().replaceAll("-", "")}`,
    sts: "active",
    sub: userId,
    v: 2,
  };
  const content = `${encodeJson(header)}.${encodeJson(payload)}`;
  return `${content}.${base64url(await sign(keys.privateKey, content))}`;
}

/**
 * The `Cookie` header of a browser that is signed in. The token alone isn't enough: without the time of signing in
 * and, on development instances, the browser's own token, the SDK sends the browser to Clerk first.
 */
export function sessionCookies(token: string): string {
  return `__session=${token}; __client_uat=1; __clerk_db_jwt=dvb_local`;
}

async function sign(privateKey: string, content: string): Promise<Uint8Array> {
  const der = fromBase64(privateKey.replace(/-----[^-]+-----|\s/g, ""));
  const key = await crypto.subtle.importKey("pkcs8", der, RS256, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign(RS256.name, key, new TextEncoder().encode(content)));
}

function encodeJson(value: object): string {
  return base64url(new TextEncoder().encode(JSON.stringify(value)));
}

function base64url(bytes: Uint8Array): string {
  return base64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
