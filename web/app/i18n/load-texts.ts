import { getI18n } from "react-i18next";
import { rethrowUnreachable } from "../api/problem.ts";
import { type LateTexts, loadArea } from "./catalogue.ts";
import { DEFAULT_LOCALE, isLocale } from "./locale.ts";

/** For a page's loader: its texts where they aren't there from the start. Throws `ApiProblem`. */
export async function loadTexts(...areas: (keyof LateTexts)[]): Promise<void> {
  const i18n = getI18n();
  const locale = isLocale(i18n.language) ? i18n.language : DEFAULT_LOCALE;
  // First by themselves, since i18next takes no notice of what fails and never asks again.
  await Promise.all(areas.map((area) => loadArea(locale, area))).catch(rethrowUnreachable);
  await i18n.loadNamespaces(areas);
}
