import { expect, test } from "vitest";
import { contentTerms, fold } from "./terms.ts";

test.each([
  ["les jours ouvrés", "le jour ouvré"],
  ["trois jours", "three jour"],
  ["L’œuvre", "oeuvre"],
])("%s and %s have the same terms", (a, b) => {
  expect(contentTerms(a)).toEqual(contentTerms(b));
});

test("words that carry no claim are no terms", () => {
  expect(contentTerms("Ce n’est pas de la leur, and it is not of the").size).toBe(0);
});

test("scripts without spaces count by pairs of characters", () => {
  expect(contentTerms("東京都")).toEqual(new Set(["東京", "京都"]));
});

test("folding takes accents, ligatures and case away", () => {
  expect(fold("ÉVÈNEMENT Cœur Ægis")).toBe("evenement coeur aegis");
});
