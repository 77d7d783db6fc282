import { ApiProblem, rethrowUnreachable } from "../api/problem.ts";
import type { Locale } from "../i18n/locale.ts";

const NAMES: Record<Locale, string> = { en: "Handbook.md", fr: "Livret d’accueil.md" };

/** Our own short handbook, in the reader's language. Throws `ApiProblem`. */
export async function fetchSample(locale: Locale): Promise<File> {
  const response = await fetch(`/samples/handbook-${locale}.md`).catch(rethrowUnreachable);
  if (!response.ok) throw new ApiProblem("internal");
  return new File([await response.blob()], NAMES[locale], { type: "text/markdown" });
}
