import type { Doubt } from "../../db/schema/answer.ts";
import { type Alignment, align, blockOf } from "./align.ts";
import { denialsDiffer } from "./compare-denials.ts";
import { compareNames } from "./compare-names.ts";
import { factDoubt, isYear, sameFact, sameKind } from "./facts.ts";
import type { Context } from "./prepare-passage.ts";
import { isFact, type Reading, type Token } from "./reading.ts";
import { isCurrency, type Unit, unitOf } from "./units.ts";

/** Words from a word to the number told of it. */
const NEAR = 3;
/** Words between two aligned ones within which one number can be taken to stand for another. */
const MAX_BLOCK = 6;
/** The same for a number that the span has too: less far, since it may have moved. */
const TIGHT_BLOCK = 2;

/**
 * Whether a span carries a claim. `contradicts`: the span says the same of something else (another number, name or the
 * contrary), rather than leaving it out, so what stands elsewhere doesn't settle it.
 */
export type Verdict = { doubt: Doubt | null; contradicts: boolean };

/**
 * Compares the facts, names and denials of a claim with a span's. Words are compared before, by coverage: see
 * `findSupport`.
 */
export function compare(claim: Reading, span: Reading, context: Context): Verdict {
  const alignment = align(claim, span);
  const facts = span.tokens.filter((token) => isFact(token) || token.keys.length === 0);
  let missing: Doubt | null = null;
  for (const [index, token] of claim.tokens.entries()) {
    if (!isFact(token)) continue;
    const doubt = factDoubt(token, facts, context.dimensions);
    missing ??= doubt;
    if (
      replaces(claim, span, alignment, index, doubt !== null) ||
      (doubt === null && isTakenFromAnother(claim, span, alignment, index))
    ) {
      return {
        doubt: doubt ?? (token.dates || isYear(token) ? "date_differs" : "number_differs"),
        contradicts: true,
      };
    }
  }
  if (unitsDiffer(claim, span, alignment)) return { doubt: "unit_differs", contradicts: true };
  if (missing) return { doubt: missing, contradicts: missing === "unit_differs" };
  const names = compareNames(claim, span, alignment, context);
  if (names) return { doubt: "name_differs", contradicts: names === "swapped" };
  if (denialsDiffer(claim, span, alignment)) return { doubt: "negation_differs", contradicts: true };
  return { doubt: null, contradicts: false };
}

/**
 * Whether a fact is told of what the span tells another of: "built in 2021" of "built in 2019 and restored in 2021".
 * Between the word before the fact and the fact, the span has one of its kind and a word that the claim hasn't.
 */
function isTakenFromAnother(
  claim: Reading,
  span: Reading,
  { inOrder, toClaim }: Alignment,
  index: number,
): boolean {
  const token = claim.tokens[index];
  const to = inOrder[index] ?? -1;
  let before = index - 1;
  while (before >= 0 && isFunctionWord(claim.tokens[before])) before--;
  const from = inOrder[before] ?? -1;
  if (!token || to === -1 || from === -1 || index - before > NEAR) return false;
  const near = span.tokens.slice(from + 1, Math.min(to, from + 1 + NEAR));
  const at = near.findIndex((other) => isFact(other) && sameKind(token, other) && !sameFact(token, other));
  if (at === -1 || toClaim[from + 1 + at] !== -1) return false;
  return span.tokens
    .slice(from + 2 + at, to)
    .some(({ keys }, after) => keys.length > 0 && toClaim[from + 2 + at + after] === -1);
}

function isFunctionWord(token: Token | undefined): boolean {
  return token !== undefined && token.keys.length === 0 && !isFact(token);
}

/** Whether a unit without a number ("par mois") stands where the span has another of its family. */
function unitsDiffer(claim: Reading, span: Reading, alignment: Alignment): boolean {
  return claim.tokens.some((token, index) => {
    const unit = alignment.toSpan[index] === -1 && !isFact(token) ? unitOf(token.word) : undefined;
    if (!unit) return false;
    const { from, to } = blockOf(claim, span, alignment.toSpan, index);
    return span.tokens.slice(from, Math.min(to, from + TIGHT_BLOCK)).some((other, at) => {
      const given = alignment.toClaim[from + at] === -1 && !isFact(other) ? unitOf(other.word) : undefined;
      if (!given || familyOf(given) !== familyOf(unit)) return false;
      return given.dimension !== unit.dimension || given.factor !== unit.factor;
    });
  });
}

/** Units that stand in each other's place: spans of time, or money. */
function familyOf({ dimension }: Unit): string {
  if (dimension === "month" || dimension === "century") return "time";
  return isCurrency(dimension) ? "money" : dimension;
}

/** Whether a fact stands where the span has another of its kind, one that the claim states nowhere. */
function replaces(
  claim: Reading,
  span: Reading,
  { toSpan, toClaim }: Alignment,
  index: number,
  isMissing: boolean,
): boolean {
  const token = claim.tokens[index];
  if (!token || toSpan[index] !== -1) return false;
  const { size, from, to } = blockOf(claim, span, toSpan, index);
  const limit = isMissing ? MAX_BLOCK : TIGHT_BLOCK;
  if (size > limit || to - from > limit) return false;
  for (let at = from; at < to; at++) {
    const other = span.tokens[at];
    if (!other || !isFact(other) || toClaim[at] !== -1 || !sameKind(token, other)) continue;
    if (sameFact(token, other)) return false;
    // A fact that the claim states too isn't replaced, unless that one stands for another of the span's.
    if (!claim.tokens.some((each, at) => toSpan[at] === -1 && isFact(each) && sameFact(each, other)))
      return true;
  }
  return false;
}
