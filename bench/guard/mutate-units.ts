import { splice } from "./splice.ts";

/** What is put in a unit's place: always another measure, never the same one spelled otherwise. */
const SWAPS: Record<"fr" | "en", Record<string, string>> = {
  fr: {
    jours: "mois",
    jour: "mois",
    semaines: "mois",
    mois: "jours",
    ans: "mois",
    an: "mois",
    années: "mois",
    heures: "minutes",
    minutes: "heures",
    secondes: "minutes",
    km: "m",
    kilomètres: "mètres",
    mètres: "kilomètres",
    m: "km",
    cm: "mm",
    kg: "g",
    tonnes: "kilogrammes",
    "€": "$",
    euros: "dollars",
    dollars: "euros",
    francs: "euros",
    $: "€",
    millions: "milliards",
    milliards: "millions",
    siècles: "ans",
    hectares: "km²",
    "%": "points",
  },
  en: {
    days: "months",
    day: "month",
    weeks: "months",
    months: "days",
    years: "months",
    year: "month",
    hours: "minutes",
    minutes: "hours",
    seconds: "minutes",
    km: "m",
    kilometers: "meters",
    kilometres: "metres",
    meters: "kilometers",
    metres: "kilometres",
    miles: "km",
    feet: "meters",
    inches: "feet",
    kg: "g",
    tons: "pounds",
    dollars: "euros",
    euros: "dollars",
    million: "billion",
    billion: "million",
    percent: "points",
    acres: "hectares",
    "%": " points",
    centuries: "years",
  },
};
const CURRENCY: Record<string, string> = { $: "€", "€": "$", "£": "$" };

const COUNT = {
  fr: "(?:\\d|(?<!\\p{L})(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|quinze|vingt|trente|cent|mille|millions|milliards|million|milliard)(?: d[e'’])?)",
  en: "(?:\\d|(?<!\\p{L})(?:two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|hundred|thousand|million|billion))",
};

/** Each unit after a number changed for another, and each currency sign before one. */
export function mutateUnits(sentence: string, language: "fr" | "en"): string[] {
  const swaps = SWAPS[language];
  const names = Object.keys(swaps).map((unit) => unit.replace("$", "\\$"));
  const after = new RegExp(
    `(?<=${COUNT[language]}[ \\u00a0\\u202f]?)(?:${names.join("|")})(?![\\p{L}\\d²])`,
    "gu",
  );
  const before = /[$€£](?=\d)/g;
  return [
    ...[...sentence.matchAll(after)].map((match) => splice(sentence, match, swaps[match[0]] ?? "")),
    ...[...sentence.matchAll(before)].map((match) => splice(sentence, match, CURRENCY[match[0]] ?? "")),
  ];
}
