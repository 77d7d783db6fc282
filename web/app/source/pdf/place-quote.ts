import type { Span } from "../text/page-lines.ts";

/** A stretch of one text item of PDF.js: `item.slice(start, end)`, in UTF-16 units. */
export type Stretch = { item: number; start: number; end: number };

/** Letters and digits of a text alone, in their plainest form, and where each stands. */
type Skeleton = { text: string; at: { item: number; start: number; end: number }[] };

/** Below this a piece of a quote could be anywhere on a page. Letters. */
const PIECE = 10;
/** The share of a quote that must be found for the rest to be no doubt of ours. */
const ENOUGH = 0.9;

/**
 * Finds a quote of a page's canonical text among the text items that PDF.js draws of that page. Spaces, hyphens,
 * punctuation, accents and ligatures are written differently on both sides, so letters and digits alone are compared;
 * words that stand several times are told apart by their turn. A quote whose words are drawn in another order is put
 * together from its pieces. Null when too little of it is there.
 */
export function placeQuote(items: string[], pageText: string, span: Span): Stretch[] | null {
  const drawn = skeletonOf(items);
  const quote = skeletonOf([pageText.slice(span.start, span.end)]).text;
  if (quote === "") return null;
  const before = skeletonOf([pageText.slice(0, span.start)]).text.length;
  const page = skeletonOf([pageText]).text;
  const start = chooseOccurrence(
    occurrences(drawn.text, quote),
    occurrences(page, quote),
    before,
    drawn,
    page,
  );
  const ranges = start === null ? pieceTogether(drawn.text, quote) : [{ start, end: start + quote.length }];
  if (!ranges) return null;
  const stretches = ranges.flatMap((range) => stretchesOf(drawn, range));
  return withClosing(stretches, items, pageText.slice(span.start, span.end));
}

function skeletonOf(items: string[]): Skeleton {
  let text = "";
  const at: Skeleton["at"] = [];
  for (const [item, string] of items.entries()) {
    let start = 0;
    for (const character of string) {
      const end = start + character.length;
      for (const plain of character.normalize("NFKD").match(/[\p{L}\p{N}]/gu) ?? []) {
        text += plain;
        for (let unit = 0; unit < plain.length; unit += 1) at.push({ item, start, end });
      }
      start = end;
    }
  }
  return { text, at };
}

function occurrences(text: string, part: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + 1)) found.push(at);
  return found;
}

/** The occurrence whose turn it is; where there aren't as many on both sides, the one at the like place. */
function chooseOccurrence(
  found: number[],
  known: number[],
  before: number,
  drawn: Skeleton,
  page: string,
): number | null {
  const turn = known.filter((at) => at < before).length;
  if (found.length === known.length) return found[turn] ?? null;
  const expected = (before / Math.max(1, page.length)) * drawn.text.length;
  const byDistance = found.toSorted((a, b) => Math.abs(a - expected) - Math.abs(b - expected));
  return byDistance[0] ?? null;
}

/** The longest pieces that are there, one after the other; letters that no piece takes are passed over. */
function pieceTogether(drawn: string, quote: string): { start: number; end: number }[] | null {
  const ranges: { start: number; end: number }[] = [];
  let placed = 0;
  let at = 0;
  while (at < quote.length) {
    const length = longestPrefix(drawn, quote.slice(at));
    if (length < Math.min(PIECE, quote.length - at)) {
      at += 1;
      continue;
    }
    const piece = quote.slice(at, at + length);
    const after = drawn.indexOf(piece, ranges.at(-1)?.end ?? 0);
    const start = after === -1 ? drawn.indexOf(piece) : after;
    ranges.push({ start, end: start + length });
    placed += length;
    at += length;
  }
  return placed >= quote.length * ENOUGH ? ranges : null;
}

function longestPrefix(text: string, wanted: string): number {
  let low = 0;
  let high = wanted.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (text.includes(wanted.slice(0, middle))) low = middle;
    else high = middle - 1;
  }
  return low;
}

function stretchesOf({ at }: Skeleton, range: { start: number; end: number }): Stretch[] {
  const stretches: Stretch[] = [];
  for (const letter of at.slice(range.start, range.end)) {
    const last = stretches.at(-1);
    if (last?.item === letter.item) last.end = letter.end;
    else stretches.push({ ...letter });
  }
  return stretches;
}

/** Takes along the sign that ends a quote, which has no letter of its own. */
function withClosing(stretches: Stretch[], items: string[], quote: string): Stretch[] {
  const closing = /[^\p{L}\p{N}\s]+$/u.exec(quote)?.[0] ?? "";
  const last = stretches.at(-1);
  if (last && closing !== "" && (items[last.item] ?? "").startsWith(closing, last.end))
    last.end += closing.length;
  return stretches;
}
