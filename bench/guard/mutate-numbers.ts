import { hash, splice } from "./splice.ts";

/** Digits that are no year and no part of a date, a time, a code or a word. */
const NUMBER =
  /(?<![\p{L}\d.,/:-])(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+(?:[.,]\d+)*)(?![\d/:-]|[.,]\d|\p{L})/gu;
const YEAR = /^[12]\d{3}$/;

const WORDS = {
  fr: "deux trois quatre cinq six sept huit dix douze quinze vingt trente".split(" "),
  en: "two three four five six seven eight ten twelve fifteen twenty thirty".split(" "),
};

/** One changed digit of each number, and each number word changed for another. */
export function mutateNumbers(sentence: string, language: "fr" | "en"): string[] {
  const digits = [...sentence.matchAll(NUMBER)]
    .filter(([number]) => !YEAR.test(number))
    .map((match) => splice(sentence, match, changeDigit(match[0], hash(sentence))));
  const words = WORDS[language];
  const spelled = [
    ...sentence.matchAll(new RegExp(`(?<![\\p{L}-])(?:${words.join("|")})(?![\\p{L}-])`, "gu")),
  ].map((match) => splice(sentence, match, words[(words.indexOf(match[0]) + 3) % words.length] ?? ""));
  return [...digits, ...spelled];
}

/** Changes one digit for another; the first one never becomes zero. */
export function changeDigit(number: string, seed: number): string {
  const places = [...number.matchAll(/\d/g)].map(({ index }) => index);
  const place = places[seed % places.length] ?? 0;
  const digit = Number(number[place]);
  const changed = ((digit + (seed % 7)) % 9) + 1;
  return number.slice(0, place) + (changed === digit ? (digit % 9) + 1 : changed) + number.slice(place + 1);
}
