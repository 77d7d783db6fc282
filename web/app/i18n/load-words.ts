import { getI18n } from "react-i18next";
import { ApiProblem } from "../api/problem.ts";
import type { LaterArea } from "./catalogue.ts";

/**
 * Has the texts of areas at hand in the language on show, before a page that says them is drawn. Throws `ApiProblem`
 * where they can't be loaded.
 */
export async function loadWords(...areas: LaterArea[]): Promise<void> {
  let problem: unknown = null;
  await getI18n().loadNamespaces(areas, (error: unknown) => {
    problem = error;
  });
  if (problem) throw new ApiProblem("unreachable");
}
