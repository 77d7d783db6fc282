import { familiesOf } from "./glossary.ts";
import type { Question } from "./question.ts";
import { fold, isStopWord, stem, wordsOf } from "./words.ts";

const NUMBER_WORDS =
  /\b(deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|quarante|cinquante|soixante|cent|mille|millions?|milliards?|moitie|tiers|quart|two|three|four|five|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|thousand|billions?|half|third|quarter|once|dozen)\b/;
const ONE = /^(?:une?|one)$/;
const NUMBER_WORD = `(?:${NUMBER_WORDS.source.slice(3, -3)}|une?|one|\\d[\\d.,]*)`;
const DURATION =
  /(?:\b(?:ans?|annees?|mois|semaines?|jours?|heures?|minutes?|secondes?|years?|months?|weeks?|days?|hours?|seconds?)\b)/;
const AGE = new RegExp(
  `${NUMBER_WORD}\\s+(?:ans|annees|years?|mois|months?)\\b|\\b(?:age|aged)\\b|\\b(?:majorite|majeur|mineur)`,
);
const LENGTH_OF_TIME = new RegExp(`${NUMBER_WORD}\\s+(?:\\p{L}+\\s+)?${DURATION.source}`, "u");
const TIMES = new RegExp(`${NUMBER_WORD}\\s+(?:fois|times|reprises)\\b|\\b(?:twice|once|thrice)\\b`);
const MONEY =
  /[€$£]|\b(?:euros?|francs?|dollars?|pounds?|centimes?|pence|livres)\b|\b(?:gratuit\w*|free of charge)\b/;
const SHARE = /%|\b(?:pour cent|percent|per cent|moitie|tiers|quart|half|third|quarter)\b/;
const MONTHS =
  /\b(janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|january|february|march|april|may|june|july|august|september|october|november|december|siecle|century)\b/;
const REASONS =
  /\b(car|parce|afin|pour|grace|cause|raison|puisque|permet|permettre|eviter|because|since|due|order|so that|to avoid|reason|therefore|as a result)\b/;
const NAME = /(?<=[\p{L}\p{N},;:»"”)'’]\s?)\p{Lu}[\p{L}'’-]+/gu;
const NAME_FIRST = /^\p{Lu}[\p{L}'’-]+(?=\s+\p{Lu})/u;
/** People by what they are: forms and notices seldom name anybody. */
const ROLE =
  /\b(?:employeurs?|salaries?|maires?|prefets?|ministres?|juges?|presidente?s?|directeurs?|directrices?|responsables?|parents?|pere|mere|personnes?|organismes?|tiers|agents?|medecins?|notaires?|titulaires?|proprietaires?|locataires?|heritiers?|avocats?|employers?|employees?|mayors?|judges?|ministers?|directors?|managers?|persons?|people|anyone|owners?|tenants?|doctors?|lawyers?|citizens?|authorit(?:y|ies))\b/;
const PLACE =
  /\b(?:à|au|aux|en|de|du|dans|vers|près de|in|at|near|from|of|to)\s+(?:la |le |les |the |l['’])?(\p{Lu}[\p{L}'’-]+)/gu;
const SPOT =
  /\b(?:sous|sur|dans|chez|devant|derriere|aupres|entre|under|on|in|at|near|behind|between|beside|among|inside)\b/;

/**
 * How well a sentence holds what a question of this kind asks for, beyond what the question itself says: 1 for the
 * very thing (an age, a price, a name), 0.5 for something of its sort (any figure).
 *
 * @param asked stems of the question
 */
export function holdsKind(
  { kind, unit }: Pick<Question, "kind" | "unit">,
  text: string,
  asked: Set<string>,
): number {
  const isNew = (words: string) => wordsOf(words).some((word) => !isStopWord(word) && !asked.has(stem(word)));
  const figures = (text.match(/\d+(?:[.,\s]\d+)*/g) ?? []).filter((figure) => isNew(figure));
  const folded = fold(text);
  const anyNumber = figures.length > 0 || NUMBER_WORDS.test(folded);
  const measured = (pattern: RegExp) =>
    anyNumber && pattern.test(folded) ? 1 : figures.length > 0 ? 0.5 : 0;
  // "Un mois" is a length of time without being any other figure.
  const lengthOfTime = LENGTH_OF_TIME.test(folded) ? 1 : figures.length > 0 ? 0.5 : 0;
  switch (kind) {
    case "number":
      if (!anyNumber) return 0;
      return unit === null || countsUnit(text, unit) ? 1 : 0.5;
    case "age":
      return measured(AGE);
    case "duration":
      return unit !== null && countsUnit(text, unit) ? 1 : lengthOfTime * (unit === null ? 1 : 0.7);
    case "times":
      return TIMES.test(folded) ? 1 : figures.length > 0 ? 0.5 : 0;
    case "money":
      return MONEY.test(folded) ? 1 : figures.length > 0 ? 0.5 : 0;
    case "share":
      return measured(SHARE);
    case "date":
      if (figures.some((figure) => /\b\d{3,4}\b/.test(figure))) return 1;
      if (MONTHS.test(folded) && figures.length > 0) return 1;
      return LENGTH_OF_TIME.test(folded) ? 0.5 : 0;
    case "person":
      return [...(text.match(NAME) ?? []), ...(text.match(NAME_FIRST) ?? [])].some(isNew)
        ? 1
        : ROLE.test(folded)
          ? 0.6
          : 0;
    case "place":
      if ([...text.matchAll(PLACE)].some((match) => isNew(match[1] ?? ""))) return 1;
      return SPOT.test(folded) ? 0.5 : 0;
    case "reason":
      return REASONS.test(folded) ? 1 : 0;
    default:
      return 0;
  }
}

/** How far after a figure its unit may stand: `2,5 jours`, `30 working days`. */
const UNIT_REACH = 3;

/** Whether a text counts such things: a figure, or a number in words, soon followed by the unit. */
function countsUnit(text: string, unit: NonNullable<Question["unit"]>): boolean {
  const words = wordsOf(text);
  return words.some((word, i) => {
    if (!/^\d/.test(word) && !NUMBER_WORDS.test(word) && !ONE.test(word)) return false;
    const near = words.slice(i + 1, i + 1 + UNIT_REACH).map(stem);
    return near.some((next) => next === unit.stem || familiesOf(next).some((f) => unit.families.includes(f)));
  });
}
