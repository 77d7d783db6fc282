import { randomBytes } from "node:crypto";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

type Prefix = "cus" | "cs_test" | "sub" | "si" | "evt" | "bps" | "in" | "il" | "li" | "req";

/** A new id as Stripe writes them; a checkout session's is long, because whoever knows it can open the page. */
export function newId(prefix: Prefix): string {
  const length = prefix === "cs_test" ? 58 : 24;
  // 248 is a multiple of 62: no letter is likelier than another.
  const bytes = [...randomBytes(length * 2)].filter((byte) => byte < 248).slice(0, length);
  return `${prefix}_${bytes.map((byte) => ALPHABET[byte % 62]).join("")}`;
}
