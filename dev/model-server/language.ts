import { fold } from "./words.ts";

const FRENCH =
  /\b(?:le|la|les|un|une|des|du|de|est|sont|et|ou|qui|que|quel|quelle|quels|quelles|comment|combien|pourquoi|dans|pour|par|sur|avec|au|aux|ce|cette|il|elle|se|sa|son|ne|pas|en|[cdjlmnqst]['’])(?!\w)/g;
const ENGLISH =
  /\b(?:the|an|of|to|and|or|is|are|was|were|in|on|for|with|by|from|that|this|it|its|his|her|he|she|as|at|be|not|what|which|who|how|when|where|why|does|did|do|you|your|they|their|has|have|had)\b/g;

/** The language a text is most likely in, by its small words; French when nothing tells. */
export function languageOf(text: string): "fr" | "en" {
  const folded = fold(text);
  const french = folded.match(FRENCH)?.length ?? 0;
  const english = folded.match(ENGLISH)?.length ?? 0;
  return english > french ? "en" : "fr";
}
