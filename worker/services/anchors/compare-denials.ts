import { type Alignment, blockOf } from "./align.ts";
import { areContraries } from "./contraries.ts";
import { deniesByMeaning } from "./negation.ts";
import type { Reading } from "./reading.ts";

/** Content words between two places up to which they are the same place, reworded. */
const NEAR = 2;
/** Words between two aligned ones within which one word can be taken to stand for another. */
const MAX_BLOCK = 3;

type Side = { reading: Reading; to: Int32Array; contentBefore: number[] };

/**
 * Whether a claim denies what its span doesn't, or the other way round, where the two are aligned. A denial in a
 * clause of the span that the claim leaves out says nothing about the claim.
 */
export function denialsDiffer(claim: Reading, span: Reading, { toSpan, toClaim }: Alignment): boolean {
  const own = sideOf(claim, toSpan);
  const other = sideOf(span, toClaim);
  const expected = claim.denials.map((denial) => counterparts(own, denial));
  const pairs = expected
    .flatMap((places, index) =>
      span.denials.map((denial, at) => ({ index, at, distance: nearest(other, places, denial) })),
    )
    .filter(({ distance }) => distance <= NEAR)
    .sort((a, b) => a.distance - b.distance);
  const paired = new Set<number>();
  const pairedSpan = new Set<number>();
  for (const { index, at } of pairs) {
    if (paired.has(index) || pairedSpan.has(at)) continue;
    paired.add(index);
    pairedSpan.add(at);
  }
  const added = claim.denials.some((_, index) => {
    if (paired.has(index)) return false;
    const places = expected[index] ?? [];
    if (places.length === 0) return span.denials.length === 0;
    return !deniedByMeaning(other, places);
  });
  if (added) return true;
  const dropped = span.denials.some((denial, at) => {
    if (pairedSpan.has(at) || !isTaken(other, denial)) return false;
    return !deniedByMeaning(own, counterparts(other, denial));
  });
  if (dropped) return true;
  const unpaired = claim.denials.filter((_, index) => !paired.has(index));
  const unpairedSpan = span.denials.filter((_, at) => !pairedSpan.has(at));
  return turnsAround(own, other, unpaired, unpairedSpan);
}

function sideOf(reading: Reading, to: Int32Array): Side {
  let count = 0;
  const contentBefore = reading.tokens.map(({ keys, quantity, dates }) => {
    const before = count;
    if (keys.length > 0 || quantity || dates) count++;
    return before;
  });
  return { reading, to, contentBefore: [...contentBefore, count] };
}

/** Where, on the other side, a denial would stand: beside the counterparts of the words around it. */
function counterparts(side: Side, denial: number[]): number[] {
  const places: number[] = [];
  for (const at of denial) {
    const next = alignedFrom(side, at, 1);
    const previous = alignedFrom(side, at - 1, -1);
    if (next !== null) places.push(next);
    if (previous !== null) places.push(previous + 1);
  }
  return places;
}

/** The counterpart of the first aligned token from `at` on, up to two content words away. */
function alignedFrom({ reading, to, contentBefore }: Side, at: number, step: 1 | -1): number | null {
  const start = contentBefore[Math.max(0, at)] ?? 0;
  for (let index = at; index >= 0 && index < reading.tokens.length; index += step) {
    if (Math.abs((contentBefore[index] ?? 0) - start) > NEAR) return null;
    const counterpart = to[index] ?? -1;
    if (counterpart !== -1 && isContent(reading, index)) return counterpart;
  }
  return null;
}

function nearest({ contentBefore }: Side, places: number[], denial: number[]): number {
  let best = Number.POSITIVE_INFINITY;
  for (const place of places) {
    for (const at of denial) {
      best = Math.min(best, Math.abs((contentBefore[place] ?? 0) - (contentBefore[at] ?? 0)));
    }
  }
  return best;
}

/** Whether a word near these places denies by its meaning, and has no counterpart. */
function deniedByMeaning({ reading, to, contentBefore }: Side, places: number[]): boolean {
  return reading.tokens.some(
    ({ word }, index) =>
      to[index] === -1 &&
      deniesByMeaning(word) &&
      places.some((place) => Math.abs((contentBefore[place] ?? 0) - (contentBefore[index] ?? 0)) <= NEAR + 1),
  );
}

/** Whether the other side has what a denial denies: the content word after it, and one beside that. */
function isTaken({ reading, to }: Side, denial: number[]): boolean {
  const last = denial.at(-1) ?? 0;
  const first = denial[0] ?? 0;
  const next = contentFrom(reading, last, 1);
  const second = next === null ? null : contentFrom(reading, next + 1, 1);
  const previous = contentFrom(reading, last - 1, -1);
  const isAligned = (index: number | null) => index === null || to[index] !== -1;
  const within = reading.tokens.slice(first, last).findIndex(({ keys }) => keys.length > 0);
  if (within !== -1) {
    // The verb stands within "ne … pas": it and a word beside it have to be there.
    return to[first + within] !== -1 && (isAligned(next) || isAligned(contentFrom(reading, first - 1, -1)));
  }
  if (next === null) return previous !== null && to[previous] !== -1;
  return to[next] !== -1 && (isAligned(previous) || isAligned(second));
}

/** The nearest content word within the clause, or null. */
function contentFrom(reading: Reading, at: number, step: 1 | -1): number | null {
  for (let index = at; index >= 0 && index < reading.tokens.length; index += step) {
    const token = reading.tokens[index];
    if (step === 1 && index > at && /[.;:!?,\n]/.test(token?.gap ?? "")) return null;
    if (isContent(reading, index)) return index;
    if (step === -1 && /[.;:!?,\n]/.test(token?.gap ?? "")) return null;
  }
  return null;
}

function isContent({ tokens }: Reading, index: number): boolean {
  const token = tokens[index];
  return token !== undefined && (token.keys.length > 0 || token.quantity !== null || token.dates !== null);
}

/** Whether the claim has a word's contrary where the span has the word, and neither is denied by itself. */
function turnsAround(own: Side, other: Side, unpaired: number[][], unpairedSpan: number[][]): boolean {
  return own.reading.tokens.some(({ word }, index) => {
    if (own.to[index] !== -1) return false;
    const { size, from, to } = blockOf(own.reading, other.reading, own.to, index);
    if (size > MAX_BLOCK) return false;
    return other.reading.tokens
      .slice(from, Math.min(to, from + MAX_BLOCK))
      .some(
        (token, at) =>
          other.to[from + at] === -1 &&
          areContraries(word, token.word) &&
          !unpaired.some((denial) => nearest(own, [index], denial) <= NEAR) &&
          !unpairedSpan.some((denial) => nearest(other, [from + at], denial) <= NEAR),
      );
  });
}
