import { expect, test } from "vitest";
import { contentTerms, fold, termFinder } from "./terms.ts";

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

test.each([
  ["La location d'un bien loué en 2024, art. L. 145-4", "Quel est le loyer des locations ?"],
  ["L'allocation n'est pas due", "la location et l'allocation"],
  ["au bout de vingt-quatre mois, soit 24 mois", "24 mois"],
  ["a hundred and five metres; two technicians, A4 paper", "105 metres for 2 of 4"],
  ["le deuxième jour, un jour, cent jours", "un 1er et 2 jours, 100 en tout"],
  ["1 200 € le centre", "1 200 € au cent"],
  ["rue St Honoré", "Saint-Honoré"],
  ["東京都の本社", "東京"],
  ["", "rien du tout"],
])("in « %s » those of « %s » are found that a list of its terms has", (text, question) => {
  const [held, wanted] = [contentTerms(text), contentTerms(question)];
  expect(termFinder(wanted)(text)).toEqual(new Set([...wanted].filter((term) => held.has(term))));
});
