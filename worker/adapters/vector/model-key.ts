/** Readable characters of a key; with the digest it stays under the 64 bytes that Vectorize indexes of a text. */
const READABLE = 40;
const DIGEST = 12;

/**
 * A name for an embedding model (`text-embedding-3-small-1536-…`) that is safe in URLs, names and metadata, at most
 * 53 characters long, and another one for every other model: its end is taken from the SHA-256 of the whole.
 */
export async function modelKey(model: string): Promise<string> {
  const readable = model.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(model));
  const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${readable.slice(0, READABLE)}-${hex.slice(0, DIGEST)}`;
}
