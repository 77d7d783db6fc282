import type { Citation, Doubt } from "../../db/schema/answer.ts";
import { compare } from "./compare.ts";
import { type Claim, findSupport, MIN_COVERAGE, type Support, shareOf, toClaim } from "./find-support.ts";
import { joinContexts, mayHold, pageBounds, preparePassage, type SourcePassage } from "./prepare-passage.ts";
import { joinReadings, readClaim } from "./reading.ts";
import type { TextRange } from "./sentences.ts";

type AnsweredSentence = { text: string; range: TextRange; sources: number[] };

/** A passage with the number that cites it, from 1, and its span nearest to the claim. */
type Candidate = { source: number; passage: SourcePassage; support: Support };

/** Items of a claim that a second span has to add, one of them a word: a number alone may be any other's. */
const MIN_ADDED = 2;
/** Share of a claim's words from which a passage that isn't cited is read for it. */
const MIN_SHARE = 0.25;

/**
 * A sentence's anchors: one for each source it names, or those that carry it when it names none. Sources are checked
 * together: what one leaves out another may hold, and one that adds nothing is not verified. A sentence that names
 * one source or none takes a second passage along when only both carry it.
 */
export function citeSentence(sentence: AnsweredSentence, passages: SourcePassage[]): Citation[] {
  const claim = toClaim(readClaim(sentence.text));
  const named = [...new Set(sentence.sources)].flatMap((source) => candidate(claim, source, passages));
  const judged =
    named.length > 1 ? judgeTogether(claim, named) : completed(claim, named[0] ?? null, passages);
  return judged.flatMap(({ source, passage, support, doubt }) => {
    const citation = toCitation(sentence, source, passage, support.range, doubt);
    return citation ? [citation] : [];
  });
}

type Judged = Candidate & { doubt: Doubt | null };

/** Several sources of one sentence. One that is beside the point is left out once another carries the sentence. */
function judgeTogether(claim: Claim, named: Candidate[]): Judged[] {
  const alone = named.filter(({ support }) => support.doubt === null);
  const joint = alone.length > 0 ? alone : contributing(claim, named);
  const isContradicted = named.some(({ support }) => support.contradicts && alone.length === 0);
  const verified = !isContradicted && (alone.length > 0 || carries(claim, joint));
  const judged = named.map((each) => {
    const holds = verified && joint.includes(each);
    return { ...each, doubt: holds ? null : (each.support.doubt ?? "not_in_source") };
  });
  return verified ? judged.filter(({ doubt }) => doubt !== "not_in_source") : judged;
}

/** The one source that a sentence names, or the best for one that names none, with a second where it needs it. */
function completed(claim: Claim, named: Candidate | null, passages: SourcePassage[]): Judged[] {
  if (named && (named.support.doubt === null || named.support.contradicts)) {
    return [{ ...named, doubt: named.support.doubt }];
  }
  const others = candidatesAmong(claim, passages, named);
  if (named) {
    const second = others.find((other) => completes(claim, named, other));
    return second
      ? [named, second].map((each) => ({ ...each, doubt: null }))
      : [{ ...named, doubt: named.support.doubt }];
  }
  const contradicted = Math.max(0, ...others.map(({ support }) => support.origin));
  const single = others.find(({ support }) => support.doubt === null && support.coverage >= contradicted);
  if (single) return [{ ...single, doubt: null }];
  const [first, ...rest] = others;
  const second = first && contradicted === 0 && rest.find((other) => completes(claim, first, other));
  return first && second ? [first, second].map((each) => ({ ...each, doubt: null })) : [];
}

function candidate(claim: Claim, source: number, passages: SourcePassage[]): Candidate[] {
  const passage = passages[source - 1];
  const support = passage && findSupport(claim, preparePassage(passage));
  return passage && support ? [{ source, passage, support }] : [];
}

/**
 * The other passages that may carry a claim, best first. Those with too few of its words aren't read, nor, once one
 * carries it alone, those that can't carry more of it.
 */
function candidatesAmong(claim: Claim, passages: SourcePassage[], named: Candidate | null): Candidate[] {
  const promising = passages
    .map((passage, index) => ({ source: index + 1, share: mayHold(passage, claim.keys) }))
    .filter(({ source, share }) => source !== named?.source && share >= MIN_SHARE)
    .sort((a, b) => b.share - a.share);
  const items = claim.keys.length + claim.facts.length;
  const found: Candidate[] = [];
  let carried = 0;
  for (const { source, share } of promising) {
    const most = (share * claim.keys.length + claim.facts.length) / Math.max(1, items);
    if (!named && carried > 0 && carried >= most) break;
    for (const each of candidate(claim, source, passages)) {
      found.push(each);
      if (each.support.doubt === null) carried = Math.max(carried, each.support.coverage);
    }
  }
  return found.sort((a, b) => b.support.coverage - a.support.coverage);
}

/** Whether two spans carry a claim together that neither carries alone. */
function completes(claim: Claim, first: Candidate, second: Candidate): boolean {
  if (first.support.contradicts || second.support.contradicts) return false;
  return adds(claim, first, second) && adds(claim, second, first) && carries(claim, [first, second]);
}

/** Whether `second` holds enough that `first` doesn't. */
function adds({ keys }: Claim, first: Candidate, second: Candidate): boolean {
  const added = [...second.support.covered.keys()].filter(
    (item) => second.support.covered[item] && !first.support.covered[item],
  );
  return added.length >= MIN_ADDED && added.some((item) => item < keys.length);
}

/** Those whose span holds something of the claim that no other's does. */
function contributing(claim: Claim, named: Candidate[]): Candidate[] {
  return named
    .filter((each) => {
      const rest = unionOf(named.filter((other) => other !== each));
      return [...each.support.covered.keys()].some((item) => each.support.covered[item] && !rest[item]);
    })
    .filter(({ support }) => claim.keys.some((_, item) => support.covered[item]));
}

function carries(claim: Claim, together: Candidate[]): boolean {
  const union = unionOf(together);
  if (shareOf(union) < MIN_COVERAGE) return false;
  const ordered = together.toSorted((a, b) => firstItem(a) - firstItem(b));
  const reading = joinReadings(ordered.map(({ support }) => support.reading));
  const context = joinContexts(together.map(({ passage }) => preparePassage(passage).context));
  return compare(claim.reading, reading, context).doubt === null;
}

function firstItem({ support }: Candidate): number {
  return support.covered.indexOf(1);
}

function unionOf(candidates: Candidate[]): Uint8Array {
  const union = new Uint8Array(candidates[0]?.support.covered.length ?? 0);
  for (const { support } of candidates) {
    for (const [item, one] of support.covered.entries()) if (one) union[item] = 1;
  }
  return union;
}

function toCitation(
  sentence: AnsweredSentence,
  source: number,
  passage: SourcePassage,
  range: TextRange,
  doubt: Doubt | null,
): Citation | null {
  const bounds = pageBounds(passage);
  const index = bounds.findIndex((bound) => range.start >= bound.start && range.end <= bound.end);
  const bound = bounds[index];
  const segment = passage.segments[index];
  if (!bound || !segment) return null;
  const shift = segment.start - bound.start;
  return {
    source,
    document_id: passage.document_id,
    version: passage.version,
    filename: passage.filename,
    page: segment.page,
    page_kind: segment.kind,
    page_label: segment.label,
    char_start: range.start + shift,
    char_end: range.end + shift,
    quote: passage.text.slice(range.start, range.end),
    answer_start: sentence.range.start,
    answer_end: sentence.range.end,
    verified: doubt === null,
    reason: doubt,
  };
}
