import { sha256Hex } from "../sha256.ts";

/**
 * A key is `anc_<id>_<secret>_<checksum>`: 12 characters to find it by, 43 of base62 (256 bits) to prove it, and 6 by
 * which a mistyped one is refused without a look into the database. The prefix is for secret scanners.
 */
const FORMAT = /^anc_([0-9A-Za-z]{12})_([0-9A-Za-z]{43})_([0-9A-Za-z]{6})$/;

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** What the key is found by, and may be shown: `anc_<id>`. */
export type KeyPrefix = string;

/**
 * A new key: its whole text, which is nowhere else, and what may be kept of it. Its secret is long and random, so
 * there is nothing for a slow hash to protect.
 */
export async function mintKey(): Promise<{ text: string; prefix: KeyPrefix; sha256: string }> {
  const prefix = `anc_${randomBase62(12)}`;
  const body = `${prefix}_${randomBase62(43)}`;
  const text = `${body}_${await checksum(body)}`;
  return { text, prefix, sha256: await sha256Hex(text) };
}

/** The prefix of a well-formed key; null for any other text. */
export async function readKey(text: string): Promise<KeyPrefix | null> {
  const [, id, secret, check] = FORMAT.exec(text) ?? [];
  if (!id || !secret || check !== (await checksum(`anc_${id}_${secret}`))) return null;
  return `anc_${id}`;
}

/** Compares two texts of the same length in a time that doesn't depend on where they differ. */
export function equalInConstantTime(a: string, b: string): boolean {
  const [left, right] = [new TextEncoder().encode(a), new TextEncoder().encode(b)];
  return left.byteLength === right.byteLength && crypto.subtle.timingSafeEqual(left, right);
}

async function checksum(body: string): Promise<string> {
  const hex = await sha256Hex(`checksum:${body}`);
  let rest = Number.parseInt(hex.slice(0, 12), 16);
  let text = "";
  for (let digit = 0; digit < 6; digit++) {
    text += ALPHABET[rest % 62];
    rest = Math.floor(rest / 62);
  }
  return text;
}

function randomBase62(length: number): string {
  let text = "";
  while (text.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
      // 248 is the largest multiple of 62 in a byte: what lies above would favour the first characters.
      if (byte < 248 && text.length < length) text += ALPHABET[byte % 62];
    }
  }
  return text;
}
