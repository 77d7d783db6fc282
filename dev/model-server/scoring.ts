import type { Passage } from "./prompt.ts";
import type { AnswerKind, Question, Term } from "./question.ts";
import type { Sentence } from "./sentences.ts";
import { fold, isStopWord, stem, wordsOf } from "./words.ts";

/** What speaks for a sentence; all but `kind` and `length` are shares of the question's weight, 0 to 1. */
export type Features = {
  /** Found in the sentence itself */
  own: number;
  /** Found in the sentence, its neighbours, its heading or its passage, the farther the less */
  context: number;
  /** Found anywhere in the passage or its label */
  passage: number;
  /** The weight of the heaviest term that its passage lacks */
  missing: number;
  /** 1 when the sentence holds the kind of thing asked for and that thing is not in the question */
  kind: number;
  /** 0 for a sentence of ordinary length, up to 1 for a scrap or a very long one */
  length: number;
};

export type Scored = { sentence: Sentence; features: Features; score: number };

/** Found by random search on 1,475 development questions of PIAF and XQuAD, see ../README.md. */
const SCORE_WEIGHTS = { own: 1, context: 2.5, kind: 0.18, length: -0.7 };

/** What a term found near a sentence, not in it, is worth. */
const NEAR = { neighbour: 0.6, second: 0.35, label: 0.4, passage: 0.25 };

/** A match by a common beginning: `conduire` and `conducteur`, `protection` and `protéger`. */
const PREFIX = 5;
const PREFIX_SHARE = 0.6;
const PREFIX_MATCH = 0.65;

/** Scores every sentence that may be quoted against the question, best first. */
export function scoreSentences(question: Question, passages: Passage[], sentences: Sentence[]): Scored[] {
  const stems = sentences.map((sentence) => stemsOf(sentence.text));
  const labels = passages.map((passage) => stemsOf(passage.label));
  const terms = weigh(question.terms, stems);
  const total = terms.reduce((sum, term) => sum + term.weight, 0) || 1;
  const found = terms.map((term) => stems.map((words) => matchTerm(term, words)));
  const inLabel = terms.map((term) => labels.map((words) => matchTerm(term, words)));
  const inPassage = terms.map((_, t) =>
    passages.map((_, p) =>
      Math.max(
        inLabel[t]?.[p] ?? 0,
        ...sentences.map((s, i) => (s.passage === p ? (found[t]?.[i] ?? 0) : 0)),
      ),
    ),
  );
  const asked = new Set(question.terms.map((term) => term.stem));

  return sentences
    .map((sentence, i): Scored => {
      const p = sentence.passage;
      const at = (t: number, offset: number) =>
        sentences[i + offset]?.passage === p ? (found[t]?.[i + offset] ?? 0) : 0;
      let own = 0;
      let context = 0;
      let whole = 0;
      let missing = 0;
      terms.forEach((term, t) => {
        const here = at(t, 0);
        const there = inPassage[t]?.[p] ?? 0;
        own += term.weight * here;
        whole += term.weight * there;
        context +=
          term.weight *
          Math.max(
            here,
            NEAR.neighbour * Math.max(at(t, -1), at(t, 1)),
            NEAR.second * Math.max(at(t, -2), at(t, 2)),
            NEAR.label * (inLabel[t]?.[p] ?? 0),
            NEAR.passage * there,
          );
        if (there === 0) missing = Math.max(missing, term.weight);
      });
      const features: Features = {
        own: own / total,
        context: context / total,
        passage: whole / total,
        missing: missing / total,
        kind: holdsKind(question.kind, sentence.text, asked) ? 1 : 0,
        length: awkwardness(sentence),
      };
      return { sentence, features, score: scoreOf(features) };
    })
    .filter((_, i) => isInformative(sentences[i], stems[i], asked))
    .sort((a, b) => b.score - a.score);
}

/** A sentence that only repeats the question answers nothing; a heading must add more to be worth quoting. */
function isInformative(
  sentence: Sentence | undefined,
  words: Set<string> | undefined,
  asked: Set<string>,
): boolean {
  const added = [...(words ?? [])].filter((word) => !asked.has(word)).length;
  return added >= (sentence?.isHeading ? HEADING_ADDS : 1);
}

function scoreOf(features: Features): number {
  const w = SCORE_WEIGHTS;
  return (
    w.own * features.own + w.context * features.context + w.kind * features.kind + w.length * features.length
  );
}

/** The rarer among the sentences at hand, the more a term tells; one that none has counts like the rarest. */
function weigh(terms: Term[], sentences: Set<string>[]): Term[] {
  return terms.map((term) => {
    const frequency = sentences.filter((words) => words.has(term.stem)).length;
    const rarity = Math.log(1 + (sentences.length + 0.5) / (Math.max(frequency, 1) + 0.5));
    return { ...term, weight: term.weight * rarity };
  });
}

function stemsOf(text: string): Set<string> {
  const content = wordsOf(text).filter((word) => !isStopWord(word));
  return new Set(content.map(stem));
}

function matchTerm(term: Term, words: Set<string>): number {
  if (words.has(term.stem)) return 1;
  if (/\d/.test(term.stem)) return 0;
  for (const word of words) {
    const shared = commonPrefix(term.stem, word);
    if (shared >= PREFIX && shared >= PREFIX_SHARE * Math.max(term.stem.length, word.length))
      return PREFIX_MATCH;
  }
  return 0;
}

function commonPrefix(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

const NUMBER_WORDS =
  /\b(deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|quarante|cinquante|soixante|cent|mille|millions?|milliards?|moitie|tiers|quart|two|three|four|five|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|thousand|billions?|half|third|quarter|twice|once|dozen)\b/;
const MONTHS =
  /\b(janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|january|february|march|april|may|june|july|august|september|october|november|december|siecle|century)\b/;
const REASONS =
  /\b(car|parce|afin|pour|grace|cause|raison|puisque|permet|permettre|eviter|because|since|due|order|so that|to avoid|reason|therefore|as a result)\b/;
const NAME = /(?<=[\p{L}\p{N},;:»"”)'’]\s?)\p{Lu}[\p{L}'’-]+/gu;
const NAME_FIRST = /^\p{Lu}[\p{L}'’-]+(?=\s+\p{Lu})/u;
const PLACE =
  /\b(?:à|au|aux|en|de|du|dans|vers|près de|in|at|near|from|of|to)\s+(?:la |le |les |the |l['’])?(\p{Lu}[\p{L}'’-]+)/gu;

/** Whether a sentence holds what a question of this kind asks for, beyond what the question itself says. */
function holdsKind(kind: AnswerKind, text: string, asked: Set<string>): boolean {
  const isNew = (words: string) => wordsOf(words).some((word) => !isStopWord(word) && !asked.has(stem(word)));
  const figures = (text.match(/\d+(?:[.,\s]\d+)*/g) ?? []).filter((figure) => isNew(figure));
  const folded = fold(text);
  switch (kind) {
    case "number":
      return figures.length > 0 || NUMBER_WORDS.test(folded);
    case "date":
      return (
        figures.some((figure) => /\b\d{3,4}\b/.test(figure)) || (MONTHS.test(folded) && figures.length > 0)
      );
    case "person":
      return [...(text.match(NAME) ?? []), ...(text.match(NAME_FIRST) ?? [])].some(isNew);
    case "place":
      return [...text.matchAll(PLACE)].some((match) => isNew(match[1] ?? ""));
    case "reason":
      return REASONS.test(folded);
    default:
      return false;
  }
}

const HEADING_ADDS = 3;
const SHORT = 4;
const LONG = 60;

function awkwardness({ text, isHeading }: Sentence): number {
  if (isHeading || text.endsWith("?")) return 1;
  const words = text.split(" ").length;
  if (words < SHORT) return (SHORT - words) / SHORT;
  return words > LONG ? Math.min(1, (words - LONG) / LONG) : 0;
}
