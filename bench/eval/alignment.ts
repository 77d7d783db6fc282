/** A stretch of a file's ink, half open. */
export type InkRange = { start: number; end: number };

/** A text, the same without its white space, and for each UTF-16 offset of it how much ink stands before. */
export type Ink = { text: string; characters: string; before: Uint32Array };

/** How far a page's text may have skipped what the file has (markup, a table's rules) before it goes on. */
const MAX_SKIP = 4_000;
/** Characters that must agree after such a skip. */
const ANCHOR = 12;

/** Reduces a text to what every reading of it shares: characters in NFKC, no white space, nothing invisible. */
export function inkOf(text: string): Ink {
  const before = new Uint32Array(text.length + 1);
  let characters = "";
  for (let at = 0; at < text.length; ) {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    before.fill(characters.length, at, at + character.length);
    characters += character.normalize("NFKC").replace(/[\s\p{Cf}]/gu, "");
    at += character.length;
  }
  before[text.length] = characters.length;
  return { text, characters, before };
}

/**
 * Finds each ink character of `read` (what was made of a file) in `source` (the file): its index there, or −1 for
 * what the file doesn't hold. Both run in the same order; what was left out of `read` is skipped.
 */
export function alignInk(read: string, source: string): Int32Array {
  const places = new Int32Array(read.length).fill(-1);
  let at = 0;
  for (let index = 0; index < read.length; index++) {
    if (read[index] !== source[at]) {
      const found = source.indexOf(read.slice(index, index + ANCHOR), at);
      if (found === -1 || found > at + MAX_SKIP) continue;
      at = found;
    }
    places[index] = at++;
  }
  return places;
}

/** The runs of `places` between two indexes of the read text, as ranges of the file's ink. */
export function sourceRanges(places: Int32Array, start: number, end: number): InkRange[] {
  const ranges: InkRange[] = [];
  for (let index = start; index < end; index++) {
    const place = places[index] ?? -1;
    if (place === -1) continue;
    const last = ranges.at(-1);
    if (last?.end === place) last.end++;
    else ranges.push({ start: place, end: place + 1 });
  }
  return ranges;
}

/** Ranges put in order, those that touch or overlap made one. */
export function union(ranges: InkRange[]): InkRange[] {
  const merged: InkRange[] = [];
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

/** Length of a union of ranges. */
export function lengthOf(ranges: InkRange[]): number {
  return union(ranges).reduce((sum, { start, end }) => sum + end - start, 0);
}

/** Length that two unions of ranges share. */
export function shared(a: InkRange[], b: InkRange[]): number {
  return lengthOf(a) + lengthOf(b) - lengthOf([...a, ...b]);
}
