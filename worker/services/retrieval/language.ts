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

/** French or English, whichever a question is nearer to; null when nothing tells, as for a lone name. */
export function detectQuestionLanguage(question: string): "fr" | "en" | null {
  const language = detect(question, { only: ["fr", "en"] });
  return language === "fr" || language === "en" ? language : null;
}
