import { holdsKind } from "./answer-kinds.ts";
import { defines } from "./definition.ts";
import { gatherEvidence, type Row, rarityOf } from "./evidence.ts";
import type { Passage } from "./prompt.ts";
import type { Question } from "./question.ts";
import type { Sentence } from "./sentences.ts";
import { contentOf } from "./term-match.ts";
import { fold } from "./words.ts";

/** What speaks for a sentence; all but the last six are shares of the question's weight, 0 to 1. */
export type Features = {
  /** Found in the sentence itself */
  own: number;
  /** Found in the sentence, its neighbours, its heading or its passage, the farther the less */
  context: number;
  /** Found in the sentence right before, or after, but not in this one */
  before: number;
  after: number;
  /** Found in the heading that it stands under */
  heading: number;
  /** Found anywhere in the passage or its label */
  passage: number;
  /** The weight of the heaviest term that its passage lacks */
  missing: number;
  /** The weight of the names and figures that its passage lacks: no synonym and no translation stands for these */
  unnamed: number;
  /** Pairs of words that follow each other in the question and here */
  phrase: number;
  /** 1 when the sentence holds the kind of thing asked for and that thing is not in the question */
  kind: number;
  /** 1 when it defines what a question for a definition asks about */
  definition: number;
  /** 0 for a sentence of ordinary length, up to 1 for a scrap or a very long one */
  length: number;
  /** 1 for the first passage, which the search found best, towards 0 for the last */
  rank: number;
};

export type Scored = { sentence: Sentence; features: Features; score: number };

/** A regression on half of the development questions, rounded; see ../README.md. */
const SCORE_WEIGHTS = {
  own: 0.75,
  context: 1.55,
  before: 0.3,
  after: -0.3,
  heading: 1.3,
  passage: 1.6,
  missing: 1,
  kind: 0.58,
  definition: 0.7,
  length: -0.55,
  rank: 0.8,
} satisfies Partial<Record<keyof Features, number>>;

/** What a term found near a sentence, not in it, is worth. */
const NEAR = { meant: 0.9, neighbour: 0.6, second: 0.35, heading: 0.5, label: 0.4, passage: 0.25 };
/** A sentence that opens so speaks of what the one before speaks of. */
const POINTS_BACK =
  /^["'«“]?\s*(?:et |and |but |mais )?(?:il|elle|ils|elles|celui-ci|celle-ci|ceux-ci|celles-ci|ce|cet|cette|ces|cela|son|sa|ses|leurs?|it|he|she|they|this|these|that|those|there|its|his|her|their|such)\b/;

/** Scores every sentence that may be quoted against the question, best first. */
export function scoreSentences(question: Question, passages: Passage[], sentences: Sentence[]): Scored[] {
  const contents = sentences.map((sentence) => contentOf(sentence.text));
  const rarities = question.terms.map((term) => rarityOf(term, contents));
  return passages
    .flatMap((passage, p) => {
      const own = sentences.filter((sentence) => sentence.passage === p);
      return scorePassage(question, rarities, passage, own, 1 - p / passages.length);
    })
    .filter(({ sentence }) => isInformative(sentence, question))
    .sort((a, b) => b.score - a.score);
}

function scorePassage(
  question: Question,
  rarities: number[],
  passage: Passage,
  sentences: Sentence[],
  rank: number,
): Scored[] {
  const contents = sentences.map((sentence) => contentOf(sentence.text));
  const { share, missing } = gatherEvidence(question, rarities, passage, contents);
  const headings = headingsOf(sentences);
  const asked = new Set(question.terms.map((term) => term.stem));
  const aim = new Set(question.terms.filter((term) => term.weight >= 1).map((term) => term.stem));
  const pairs = question.terms.slice(1).map((term, i) => `${question.terms[i]?.stem} ${term.stem}`);
  const whole = {
    passage: share((row) => row.anywhere),
    missing,
    unnamed: share((row) => (row.isName && row.anywhere === 0 ? 1 : 0)),
    rank,
  };
  const at = (row: Row, index: number) => row.found[index] ?? 0;

  return sentences.map((sentence, i): Scored => {
    const heading = headings[i] ?? -1;
    const above = heading === i - 1 ? (sentences[heading]?.text ?? null) : null;
    const isBack = POINTS_BACK.test(fold(sentence.text));
    const inherited = isBack ? NEAR.meant : NEAR.neighbour;
    const gained = (index: number) => share((row) => Math.max(0, at(row, index) - at(row, i)));
    const features: Features = {
      ...whole,
      own: share((row) => at(row, i)),
      context: share((row) =>
        Math.max(
          at(row, i),
          inherited * at(row, i - 1),
          NEAR.neighbour * at(row, i + 1),
          NEAR.second * Math.max(at(row, i - 2), at(row, i + 2)),
          NEAR.heading * at(row, heading),
          NEAR.label * row.inLabel,
          NEAR.passage * row.anywhere,
        ),
      ),
      before: gained(i - 1) * (isBack ? 1 : 0.5),
      after: gained(i + 1),
      heading: share((row) => (heading < 0 ? row.inLabel : at(row, heading))),
      phrase: shareIn(pairs, contents[i]?.pairs ?? new Set()),
      kind: holdsKind(question, sentence.text, asked),
      definition: question.kind === "definition" && defines(sentence.text, aim, above) ? 1 : 0,
      length: awkwardness(sentence),
    };
    return { sentence, features, score: scoreOf(features) };
  });
}

function shareIn(wanted: string[], present: Set<string>): number {
  return wanted.length === 0 ? 0 : wanted.filter((pair) => present.has(pair)).length / wanted.length;
}

/** For each sentence of a passage, where the last heading before it is. */
function headingsOf(sentences: Sentence[]): (number | null)[] {
  let heading: number | null = null;
  return sentences.map((sentence, i) => {
    const above = heading;
    if (sentence.isHeading) heading = i;
    return above;
  });
}

/** A sentence that only repeats the question answers nothing; a heading must add more to be worth quoting. */
function isInformative({ text, isHeading }: Sentence, { terms }: Question): boolean {
  const asked = new Set(terms.map((term) => term.stem));
  const added = [...contentOf(text).stems].filter((word) => !asked.has(word)).length;
  return added >= (isHeading ? HEADING_ADDS : 1);
}

function scoreOf(features: Features): number {
  return (Object.keys(SCORE_WEIGHTS) as (keyof typeof SCORE_WEIGHTS)[]).reduce(
    (sum, name) => sum + SCORE_WEIGHTS[name] * features[name],
    0,
  );
}

const HEADING_ADDS = 3;
const SHORT = 4;
const LONG = 60;
/** An example illustrates the answer that another sentence gives. */
const EXAMPLE = /^\W*(?:(?:par )?exemples?|(?:for )?examples?|e\.g\.)\b/i;
const EXAMPLE_AWKWARD = 0.5;

function awkwardness({ text, isHeading }: Sentence): number {
  if (isHeading || text.endsWith("?")) return 1;
  if (EXAMPLE.test(text)) return EXAMPLE_AWKWARD;
  const words = text.split(" ").length;
  if (words < SHORT) return (SHORT - words) / SHORT;
  return words > LONG ? Math.min(1, (words - LONG) / LONG) : 0;
}
