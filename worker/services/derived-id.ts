import { sha256Hex } from "./sha256.ts";

/**
 * An id that the same name always gives: the first 128 bits of its SHA-256, marked as a version 8 UUID (RFC 9562 §5.8).
 * Begin the name with what kind of thing it names.
 */
export async function derivedId(name: string): Promise<string> {
  const hex = await sha256Hex(name);
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join("-");
}
