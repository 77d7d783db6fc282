/** An answer as it is kept for repetition. */
export type KeptResponse = { status: number; headers: Record<string, string>; body: string };

/** The caller's own Idempotency-Key, of which only a hash is stored, and a secret of the deployment, lest it be guessed. */
export type SealSecrets = { key: string; pepper: string };

/**
 * Encrypts an answer with a key derived from both secrets, neither of which is stored: who reads the database alone
 * can't read an API key that was shown once (HKDF, RFC 5869; AES-256-GCM).
 */
export async function seal(response: KeptResponse, secrets: SealSecrets): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(response));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await deriveKey(secrets), plain);
  return `${toBase64(iv)}.${toBase64(new Uint8Array(sealed))}`;
}

/** The answer again. Throws for other secrets than it was sealed with. */
export async function unseal(text: string, secrets: SealSecrets): Promise<KeptResponse> {
  const [iv = "", sealed = ""] = text.split(".");
  const key = await deriveKey(secrets);
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: fromBase64(iv) }, key, fromBase64(sealed));
  return JSON.parse(new TextDecoder().decode(plain)) as KeptResponse;
}

async function deriveKey({ key, pepper }: SealSecrets): Promise<CryptoKey> {
  const material = new TextEncoder().encode(key);
  const base = await crypto.subtle.importKey("raw", material, "HKDF", false, ["deriveKey"]);
  const salt = new TextEncoder().encode(`ancre/idempotency/${pepper}`);
  const parameters = { name: "HKDF", hash: "SHA-256", salt, info: new Uint8Array() };
  return crypto.subtle.deriveKey(parameters, base, { name: "AES-GCM", length: 256 }, false, [
    "encrypt",
    "decrypt",
  ]);
}

function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
