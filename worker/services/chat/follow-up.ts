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

/** What is searched: words for full text, an embedding for the dense leg. */
export type SearchText = { text: string; vector: number[] };

/**
 * What to search for. A question that leans on the conversation ("et pour la Suisse ?") takes the last question
 * along, in words and in meaning. No model is asked, so nothing is waited for.
 */
export function contextualise(question: SearchText, last: SearchText | undefined): SearchText {
  if (!last || !leansOnConversation(question.text)) return question;
  const text = `${last.text}\n${question.text}`;
  if (last.vector.length !== question.vector.length) return { text, vector: question.vector };
  const sum = question.vector.map((value, index) => value + INHERITED_WEIGHT * (last.vector[index] ?? 0));
  return { text, vector: normalise(sum) };
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
