import { detect } from "tinyld/light";

/** A language as full-text search knows it; everything but French and English is indexed word by word. */
export type TextLanguage = "fr" | "en" | "other";

/** Characters that are enough to tell a language; more only costs time. */
const SAMPLE = 4_000;

/** The text search configuration of migration 0000 for each language. */
export const SEARCH_CONFIGURATION = {
  fr: "ancre_french",
  en: "ancre_english",
  other: "ancre_simple",
} as const satisfies Record<TextLanguage, string>;

/** The language of a document's text. */
export function detectTextLanguage(text: string): TextLanguage {
  const language = detect(text.slice(0, SAMPLE));
  return language === "fr" || language === "en" ? language : "other";
}

/** Small words that only one of the two has: on a dozen words with a name among them they are surer than the library. */
const SMALL_WORDS = {
  fr: /(?<!\p{L})(?:le|la|les|des|du|une|est|sont|qui|que|quoi|quel(?:le)?s?|quand|comment|combien|pourquoi|où|ou)(?!\p{L})|(?<!\p{L})(?:[cdjlmnt]|qu)['’]/iu,
  en: /(?<!\p{L})(?:the|of|is|are|was|were|what|which|who|whom|whose|when|where|why|how|does|did)(?!\p{L})/iu,
};

/** French or English, whichever a question is nearer to; null when nothing tells, as for a lone name. */
export function detectQuestionLanguage(question: string): "fr" | "en" | null {
  const [french, english] = [SMALL_WORDS.fr.test(question), SMALL_WORDS.en.test(question)];
  if (french !== english) return french ? "fr" : "en";
  const language = detect(question, { only: ["fr", "en"] });
  return language === "fr" || language === "en" ? language : null;
}
