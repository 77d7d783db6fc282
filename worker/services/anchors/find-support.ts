import type { Doubt } from "../../db/schema/answer.ts";
import { compare } from "./compare.ts";
import { factDoubt } from "./facts.ts";
import type { Part, PreparedPassage } from "./prepare-passage.ts";
import { isFact, joinReadings, type Reading } from "./reading.ts";
import type { TextRange } from "./sentences.ts";

/**
 * Share of a sentence's content words and facts that its quote must hold. Rewording keeps most nouns and names; of two
 * unrelated sentences about the same subject about a third is shared.
 */
export const MIN_COVERAGE = 0.55;
/** Sentences of a passage that one quote may take together: a claim is often made in two steps. */
const MAX_WINDOW = 3;
/** What each further sentence of a quote has to add to be worth its length. */
const WINDOW_COST = 0.04;
/** How much less a span may cover and still be preferred, when it raises no doubt and the other does. */
const DOUBTLESS_BONUS = 0.3;
/** Spans compared closely, best first by coverage. */
const MAX_COMPARED = 6;
/** Share of a claim's words in one sentence from which that sentence is where it comes from. */
const ORIGIN_COVERAGE = 0.8;
/** Words that are no names from which these alone say where a claim comes from. */
const MIN_PLAIN = 2;

/**
 * What a claim says, by item: the keys of its content words, each once, and its facts. The first `plain` keys are those
 * of words that are no names.
 */
export type Claim = { reading: Reading; keys: string[]; plain: number; facts: number[] };

/**
 * The span of a passage nearest to a claim; `range` is in UTF-16 offsets into the passage. `covered` has a 1 for every
 * item of the claim that the span holds. `origin` is the share of words of a sentence that contradicts the claim.
 */
export type Support = {
  range: TextRange;
  reading: Reading;
  covered: Uint8Array;
  coverage: number;
  doubt: Doubt | null;
  contradicts: boolean;
  origin: number;
};

type Span = { first: number; size: number; parts: Part[]; covered: Uint8Array; rank: number };

/** The items of a claim. */
export function toClaim(reading: Reading): Claim {
  const plain = new Set<string>();
  const names = new Set<string>();
  const facts: number[] = [];
  for (const [index, token] of reading.tokens.entries()) {
    if (isFact(token) && !token.quantity?.soft) facts.push(index);
    const isName = token.name === "certain" || token.name === "generic";
    for (const key of token.keys) (isName ? names : plain).add(key);
  }
  const keys = [...new Set([...plain, ...names])];
  return { reading, keys, plain: plain.size, facts };
}

/**
 * Finds the shortest run of a passage's sentences that carries a claim. Lexical and deterministic: its words must be
 * covered, and its facts, names and denials be the span's. A span never crosses the end of a page. Null only when the
 * passage holds no sentence at all.
 */
export function findSupport(claim: Claim, { pages, context }: PreparedPassage): Support | null {
  const spans = pages
    .flatMap(({ parts }) => spansOf(claim, parts, context.dimensions))
    .sort((a, b) => b.rank - a.rank);
  const origin = spans
    .filter(({ size }) => size === 1)
    .reduce<Span | null>(
      (best, span) => (!best || wordShare(claim, span) > wordShare(claim, best) ? span : best),
      null,
    );
  const judge = (span: Span): Support => {
    const reading = joinReadings(span.parts.map((part) => part.reading));
    const coverage = shareOf(span.covered);
    const verdict =
      coverage < MIN_COVERAGE && keyShare(claim, span) < MIN_COVERAGE
        ? { doubt: "not_in_source" as const, contradicts: false }
        : compare(claim.reading, reading, context);
    const range = { start: span.parts[0]?.range.start ?? 0, end: span.parts.at(-1)?.range.end ?? 0 };
    return { range, reading, covered: span.covered, coverage, origin: 0, ...verdict };
  };
  const source = origin && wordShare(claim, origin) >= ORIGIN_COVERAGE ? judge(origin) : null;
  const bar = origin && source?.contradicts ? wordShare(claim, origin) : 0;
  let best: { support: Support; rank: number } | null =
    source && origin ? { support: { ...source, origin: bar }, rank: origin.rank + bonus(source) } : null;
  for (const span of spans.slice(0, MAX_COMPARED)) {
    if (best && best.rank >= span.rank + DOUBTLESS_BONUS) break;
    if (span === origin && source) continue;
    const overlaps = origin !== null && origin.parts[0] !== undefined && span.parts.includes(origin.parts[0]);
    // What a sentence says of the claim's very words isn't put right by its neighbours.
    if (bar > 0 && (overlaps || wordShare(claim, span) < bar)) continue;
    const support = judge(span);
    const rank = span.rank + bonus(support);
    if (!best || rank > best.rank) best = { support, rank };
  }
  return best?.support ?? null;
}

/** The share of a claim's items that is covered. */
export function shareOf(covered: Uint8Array): number {
  let sum = 0;
  for (let item = 0; item < covered.length; item++) sum += covered[item] ?? 0;
  return covered.length === 0 ? 0 : sum / covered.length;
}

function bonus({ doubt }: Support): number {
  return doubt === null ? DOUBTLESS_BONUS : 0;
}

/** The share of a claim's words that a span holds: a sentence with other numbers isn't beside the point. */
function keyShare({ keys }: Claim, { covered }: Span): number {
  return shareOf(covered.subarray(0, keys.length));
}

/** The share of a claim's words that a span holds, names apart: another name may stand in the same words. */
function wordShare({ keys, plain }: Claim, { covered }: Span): number {
  return shareOf(covered.subarray(0, plain >= MIN_PLAIN ? plain : keys.length));
}

function spansOf(claim: Claim, parts: Part[], dimensions: Set<string>): Span[] {
  const own = parts.map((part) => coveredBy(claim, part, dimensions));
  const spans: Span[] = [];
  for (let first = 0; first < parts.length; first++) {
    const covered = new Uint8Array(claim.keys.length + claim.facts.length);
    for (let size = 1; size <= MAX_WINDOW && first + size <= parts.length; size++) {
      const added = own[first + size - 1] ?? covered;
      for (let item = 0; item < covered.length; item++) if (added[item]) covered[item] = 1;
      spans.push({
        first,
        size,
        parts: parts.slice(first, first + size),
        covered: covered.slice(),
        rank: shareOf(covered) - WINDOW_COST * (size - 1),
      });
    }
  }
  return spans;
}

function coveredBy({ reading, keys, facts }: Claim, part: Part, dimensions: Set<string>): Uint8Array {
  const covered = new Uint8Array(keys.length + facts.length);
  for (let item = 0; item < keys.length; item++) if (part.keys.has(keys[item] ?? "")) covered[item] = 1;
  for (const [item, index] of facts.entries()) {
    const token = reading.tokens[index];
    if (token && factDoubt(token, part.reading.tokens, dimensions) === null) covered[keys.length + item] = 1;
  }
  return covered;
}
