import { sameFact } from "./facts.ts";
import { sameName } from "./names.ts";
import { isFact, type Reading, type Token } from "./reading.ts";

/**
 * Which token of a span stands for each token of a claim, -1 where none does; and the same the other way. `inOrder` has
 * only the pairs that keep the order of both.
 */
export type Alignment = { toSpan: Int32Array; toClaim: Int32Array; inOrder: Int32Array };

type Pairs = Pick<Alignment, "toSpan" | "toClaim">;

/** What a pair is worth: content words and facts say where a claim comes from, function words hardly. */
const CONTENT_WEIGHT = 2;
const FUNCTION_WEIGHT = 0.4;
/** What a pair gains that follows another directly: copied text keeps together. */
const ADJACENT_BONUS = 0.5;

/**
 * Aligns a claim with a span: the heaviest common subsequence (Needleman & Wunsch 1970, without a penalty for gaps),
 * then words left over that each of them has once, wherever they stand.
 */
export function align(claim: Reading, span: Reading): Alignment {
  const rows = claim.tokens.length + 1;
  const columns = span.tokens.length + 1;
  const paired = new Float64Array(rows * columns);
  const best = new Float64Array(rows * columns);
  for (let row = 1; row < rows; row++) {
    const own = claim.tokens[row - 1];
    for (let column = 1; column < columns; column++) {
      const other = span.tokens[column - 1];
      const at = row * columns + column;
      const diagonal = at - columns - 1;
      let top = Math.max(best[at - 1] ?? 0, best[at - columns] ?? 0);
      if (own && other && samePlace(own, other)) {
        const after = paired[diagonal] ?? 0;
        const score = weight(own) + Math.max(after > 0 ? after + ADJACENT_BONUS : 0, best[diagonal] ?? 0);
        paired[at] = score;
        top = Math.max(top, score);
      }
      best[at] = top;
    }
  }
  const pairs = {
    toSpan: new Int32Array(claim.tokens.length).fill(-1),
    toClaim: new Int32Array(span.tokens.length).fill(-1),
  };
  trace(claim, pairs, paired, best, columns);
  const inOrder = pairs.toSpan.slice();
  alignRest(claim, span, pairs);
  return { ...pairs, inOrder };
}

/** Whether two tokens may stand for each other. */
function samePlace(a: Token, b: Token): boolean {
  if (isFact(a) || isFact(b)) return isFact(a) && isFact(b) && sameFact(a, b);
  if (a.word === b.word) return true;
  if (a.name === "certain" && b.name === "certain") return sameName(a.word, b.word);
  const [key] = a.keys;
  return key !== undefined && key === b.keys[0];
}

function weight(token: Token): number {
  return isFact(token) || token.keys.length > 0 ? CONTENT_WEIGHT : FUNCTION_WEIGHT;
}

function trace(
  claim: Reading,
  { toSpan, toClaim }: Pairs,
  paired: Float64Array,
  best: Float64Array,
  columns: number,
): void {
  let row = toSpan.length;
  let column = toClaim.length;
  let inRun = false;
  while (row > 0 && column > 0) {
    const at = row * columns + column;
    const score = paired[at] ?? 0;
    if (!inRun && score < (best[at] ?? 0)) {
      if ((best[at - 1] ?? 0) >= (best[at - columns] ?? 0)) column--;
      else row--;
      continue;
    }
    const own = claim.tokens[row - 1];
    if (score === 0 || !own) {
      if (column > 1) column--;
      else row--;
      continue;
    }
    toSpan[row - 1] = column - 1;
    toClaim[column - 1] = row - 1;
    const diagonal = at - columns - 1;
    const after = paired[diagonal] ?? 0;
    inRun = after > 0 && after + ADJACENT_BONUS >= (best[diagonal] ?? 0);
    row--;
    column--;
  }
}

/** Pairs what the order of words left over: keys that stand once, unpaired, on both sides. */
function alignRest(claim: Reading, span: Reading, { toSpan, toClaim }: Pairs): void {
  const places = new Map<string, number>();
  for (const [index, { keys }] of span.tokens.entries()) {
    const [key] = keys;
    if (key === undefined || toClaim[index] !== -1) continue;
    places.set(key, places.has(key) ? -1 : index);
  }
  for (const [index, token] of claim.tokens.entries()) {
    const [key] = token.keys;
    if (key === undefined || toSpan[index] !== -1) continue;
    const place = places.get(key) ?? -1;
    const other = span.tokens[place];
    if (!other || toClaim[place] !== -1 || !samePlace(token, other)) continue;
    toSpan[index] = place;
    toClaim[place] = index;
  }
}

/**
 * The words around a claim's token that have no counterpart: how many they are, and where the words stand in the span
 * that could have been in their place. At either end of the claim no more of the span is taken than the claim has, and
 * one.
 */
export function blockOf(
  claim: Reading,
  span: Reading,
  pairs: Int32Array,
  index: number,
): { size: number; from: number; to: number } {
  let before = index - 1;
  while (before >= 0 && pairs[before] === -1) before--;
  let after = index + 1;
  while (after < claim.tokens.length && pairs[after] === -1) after++;
  const size = after - before - 1;
  let from = (pairs[before] ?? -1) + 1;
  let to = after < claim.tokens.length ? (pairs[after] ?? 0) : span.tokens.length;
  if (before < 0) from = Math.max(from, to - size - 1);
  if (after >= claim.tokens.length) to = Math.min(to, from + size + 1);
  return { size, from, to };
}
