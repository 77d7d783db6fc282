import { expect, test } from "vitest";
import { familiesIn, familiesOf } from "./glossary.ts";
import { isStopWord, stem, wordsOf } from "./words.ts";

function shareFamily(a: string, b: string): boolean {
  const stems = (text: string) =>
    wordsOf(text)
      .filter((word) => !isStopWord(word))
      .map(stem);
  const known = familiesIn(stems(a));
  return [...familiesIn(stems(b))].some((family) => known.has(family));
}

test("synonyms and translations share a family, whatever their ending", () => {
  expect(shareFamily("vacances", "congés")).toBe(true);
  expect(shareFamily("gagnait", "acquiert acquérir")).toBe(true);
  expect(shareFamily("naissances", "birth")).toBe(true);
  expect(shareFamily("elle dormait", "she slept")).toBe(true);
  expect(shareFamily("ils l'obtinrent", "they got it")).toBe(true);
  expect(shareFamily("voiture", "montagne")).toBe(false);
});

test("two words that follow each other count as one", () => {
  expect(shareFamily("le mot de passe", "passwords")).toBe(true);
  expect(shareFamily("mot", "password")).toBe(false);
});

test("a word outside the glossary has no family", () => {
  expect(familiesOf(stem("xylophoniste"))).toEqual([]);
});
