import { getI18n } from "react-i18next";
import { ApiProblem } from "../api/problem.ts";
import type { LaterArea } from "./catalogue.ts";

/** Loads the texts of an area that comes with its page; they follow the language from then on. Throws `ApiProblem`. */
export async function loadWords(area: LaterArea): Promise<void> {
  const i18n = getI18n();
  await i18n.loadNamespaces(area);
  if (!i18n.hasResourceBundle(i18n.language, area)) throw new ApiProblem("unreachable");
}
