import { splice } from "./splice.ts";

const MONTHS = {
  fr: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(" "),
  en: "January February March April May June July August September October November December".split(" "),
};
/** "May" and "mars" are other words too; beside a number they are months. */
const UNSURE = /^(?:May|March|mars)$/;

/** Each year, month name and day of a month, changed for another. */
export function mutateDates(sentence: string, language: "fr" | "en"): string[] {
  const months = MONTHS[language];
  const name = months.join("|");
  const years = [...sentence.matchAll(/(?<![\p{L}\d.,/:-])(?:1[0-9]|20)\d\d(?![\p{L}\d/:]|[.,]\d)/gu)].map(
    (match) => splice(sentence, match, String(Number(match[0]) + 2)),
  );
  const named = [...sentence.matchAll(new RegExp(`(?<!\\p{L})(?:${name})(?!\\p{L})`, "gu"))]
    .filter((match) => !UNSURE.test(match[0]) || isBesideNumber(sentence, match))
    .map((match) => splice(sentence, match, months[(months.indexOf(match[0]) + 2) % 12] ?? ""));
  const day = new RegExp(
    `(?<![\\d.,/])(\\d{1,2})(?=(?:er|st|nd|rd|th)? (?:of )?(?:${name})(?!\\p{L}))`,
    "gu",
  );
  const dayAfter = new RegExp(`(?<=(?:${name}) )(\\d{1,2})(?!\\d)`, "gu");
  const days = [...sentence.matchAll(day), ...sentence.matchAll(dayAfter)].map((match) =>
    splice(sentence, match, String((Number(match[0]) % 27) + 2)),
  );
  return [...years, ...named, ...days];
}

function isBesideNumber(sentence: string, match: RegExpMatchArray): boolean {
  const start = match.index ?? 0;
  return /\d[a-z]* $/.test(sentence.slice(0, start)) || /^ \d/.test(sentence.slice(start + match[0].length));
}
