/**
 * A chunk's id: the first 128 bits of SHA-256 over document, version and ordinal, marked as a version 8 UUID
 * (RFC 9562 §5.8). Writing the same chunk again meets its own id.
 */
export async function chunkId(documentId: string, version: number, ordinal: number): Promise<string> {
  const name = new TextEncoder().encode(`${documentId}/${version}/${ordinal}`);
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", name)).slice(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
