import { contentTerms, fold } from "../anchors/terms.ts";

/** Content words under which a question rarely says by itself what it is about. */
const FEW_TERMS = 2;
/** Content words up to which a pronoun is taken to point back rather than at something in the question. */
const SOME_TERMS = 4;

/** Openings that go on with what was said, and pronouns, French and English, accents folded. */
const GOES_ON = /^(et|mais|alors|donc|and|but|so|or|what about|how about)\b/;
const PRONOUN =
  /\b(elle|ils|elles|celui|celle|ceux|celles|cela|ca|lui|eux|it|its|they|them|their|those|he|she|his|her)\b|(?<!\ba)-t-ils?\b/;

/** How much of the last question's meaning a follow-up inherits, beside its own. */
const INHERITED_WEIGHT = 0.6;

/** A question before: its text, and its embedding where it is known. */
export type LastQuestion = { text: string; vector: number[] | null };

/** The last question of a conversation; undefined at its beginning. `history` has the oldest first. */
export function lastOf(conversation: {
  history: Array<{ question: string }>;
  lastEmbedding: number[] | null;
}): LastQuestion | undefined {
  const last = conversation.history.at(-1);
  return last && { text: last.question, vector: conversation.lastEmbedding };
}

/** What is searched: words for full text; for the dense leg what becomes of the question's own embedding. */
export type Search = { text: string; toVector(own: number[]): number[] };

/**
 * What to search for. A question that leans on the conversation ("et pour la Suisse ?") takes the last question
 * along, in words and in meaning. No model is asked, so nothing is waited for.
 */
export function contextualise(question: string, last: LastQuestion | undefined): Search {
  if (!last || !leansOnConversation(question)) return { text: question, toVector: (own) => own };
  return { text: `${last.text}\n${question}`, toVector: (own) => inherit(own, last.vector ?? []) };
}

function inherit(own: number[], last: number[]): number[] {
  if (own.length !== last.length) return own;
  return normalise(own.map((value, index) => value + INHERITED_WEIGHT * (last[index] ?? 0)));
}

/** Whether a question needs the one before it to be understood. */
export function leansOnConversation(question: string): boolean {
  const terms = contentTerms(question).size;
  const folded = fold(question).trim();
  return terms <= FEW_TERMS || GOES_ON.test(folded) || (terms <= SOME_TERMS && PRONOUN.test(folded));
}

function normalise(vector: number[]): number[] {
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((value) => value / length);
}
