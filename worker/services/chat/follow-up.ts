import { contentTerms, fold } from "../anchors/terms.ts";

/** Content words under which a question rarely says by itself what it is about. */
const FEW_TERMS = 2;

/** Openings and pronouns that point back, French and English, accents folded. */
const POINTS_BACK =
  /^(et|mais|ou|alors|donc|and|but|so|or|what about|how about|why|pourquoi)\b|\b(il|elle|ils|elles|celui|celle|ceux|celles|cela|ca|y|en|lui|leur|it|its|they|them|their|this|that|these|those|he|she|his|her|one)\b/;

type Turn = { question: string; question_embedding: number[] | null };

/** How much of the last question's meaning a follow-up inherits, beside its own. */
const INHERITED_WEIGHT = 0.6;

/**
 * What to search for. A question that leans on the conversation ("et pour la Suisse ?") takes the last question
 * along: its words for full text, its embedding for the dense leg. No model is asked, so nothing is waited for.
 */
export function contextualise(
  question: string,
  vector: number[],
  lastTurn: Turn | undefined,
): { text: string; vector: number[] } {
  if (!lastTurn || !leansOnConversation(question)) return { text: question, vector };
  const inherited = lastTurn.question_embedding;
  const text = `${lastTurn.question}\n${question}`;
  if (inherited?.length !== vector.length) return { text, vector };
  return {
    text,
    vector: normalise(vector.map((value, i) => value + INHERITED_WEIGHT * (inherited[i] ?? 0))),
  };
}

/** Whether a question needs the one before it to be understood. */
export function leansOnConversation(question: string): boolean {
  return contentTerms(question).size <= FEW_TERMS || POINTS_BACK.test(fold(question).trim());
}

function normalise(vector: number[]): number[] {
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((value) => value / length);
}
