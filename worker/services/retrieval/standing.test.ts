import { expect, test } from "vitest";
import { LEG_WEIGHTS } from "./fuse.ts";
import type { TextLanguage } from "./language.ts";
import { createStandings } from "./standing.ts";

const QUESTION = "Combien de jours de congé pour un mariage ?";

function candidate(language: TextLanguage, text: string) {
  return { id: text, language, heading_path: [], text };
}

test("the less of a question its own language holds, the more is left to the others", () => {
  const abroad = candidate("en", "Four days off for a wedding.");
  const chance = candidate("fr", "Trois jours de pluie.");
  const answer = candidate("fr", "Un mariage donne droit à quatre jours de congé.");
  const beside = (own: typeof chance) => createStandings(QUESTION).among([abroad, own]).get(abroad.id);
  expect(beside(answer)?.coverage).toBeLessThan(0.5);
  expect(beside(chance)?.coverage).toBeGreaterThan(0.5);
  expect(beside(chance)?.weights).toBe(LEG_WEIGHTS.other);
});

test("a third language is weighed as the question's own: it has no other words", () => {
  const third = candidate("other", "Vier Tage für eine Hochzeit.");
  expect(createStandings(QUESTION).among([third]).get(third.id)).toEqual({
    weights: LEG_WEIGHTS.same,
    coverage: 0,
  });
});
