/** Puts `replacement` in the place of a match. */
export function splice(text: string, match: RegExpMatchArray, replacement: string): string {
  const start = match.index ?? 0;
  return text.slice(0, start) + replacement + text.slice(start + match[0].length);
}

/** A number that depends on a text alone, 0 to 2^32: the same choice on every run (FNV-1a). */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) {
    value ^= character.codePointAt(0) ?? 0;
    value = Math.imul(value, 0x01000193);
  }
  return value >>> 0;
}
