import { fold, type Lexeme, lexemes } from "./lexemes.ts";

/** Cardinals that texts spell out, French and English, accents folded: what is added. */
const ADDED = table({
  zero: 0,
  un: 1,
  une: 1,
  one: 1,
  deux: 2,
  two: 2,
  trois: 3,
  three: 3,
  quatre: 4,
  four: 4,
  cinq: 5,
  five: 5,
  six: 6,
  sept: 7,
  seven: 7,
  huit: 8,
  eight: 8,
  neuf: 9,
  nine: 9,
  dix: 10,
  ten: 10,
  onze: 11,
  eleven: 11,
  douze: 12,
  twelve: 12,
  treize: 13,
  thirteen: 13,
  quatorze: 14,
  fourteen: 14,
  quinze: 15,
  fifteen: 15,
  seize: 16,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  vingt: 20,
  vingts: 20,
  twenty: 20,
  trente: 30,
  thirty: 30,
  quarante: 40,
  forty: 40,
  cinquante: 50,
  fifty: 50,
  soixante: 60,
  sixty: 60,
  septante: 70,
  seventy: 70,
  huitante: 80,
  octante: 80,
  eighty: 80,
  nonante: 90,
  ninety: 90,
});

/** What multiplies the number before it, after digits too. */
const MULTIPLIERS = table({
  cent: 100,
  cents: 100,
  hundred: 100,
  hundreds: 100,
  mille: 1_000,
  thousand: 1_000,
  million: 1e6,
  millions: 1e6,
  milliard: 1e9,
  milliards: 1e9,
  billion: 1e9,
  billions: 1e9,
  trillion: 1e12,
  trillions: 1e12,
});

/** Ordinals from the second on ("premier" and "first" say too many other things), as French and English spell them. */
const ORDINALS = table({
  deuxieme: 2,
  troisieme: 3,
  third: 3,
  quatrieme: 4,
  fourth: 4,
  cinquieme: 5,
  fifth: 5,
  sixieme: 6,
  sixth: 6,
  septieme: 7,
  seventh: 7,
  huitieme: 8,
  eighth: 8,
  neuvieme: 9,
  ninth: 9,
  dixieme: 10,
  tenth: 10,
  onzieme: 11,
  eleventh: 11,
  douzieme: 12,
  twelfth: 12,
  treizieme: 13,
  thirteenth: 13,
  quatorzieme: 14,
  fourteenth: 14,
  quinzieme: 15,
  fifteenth: 15,
  seizieme: 16,
  sixteenth: 16,
  seventeenth: 17,
  eighteenth: 18,
  nineteenth: 19,
  vingtieme: 20,
  twentieth: 20,
});

const NUMBER_WORDS = [...ADDED, ...MULTIPLIERS, ...ORDINALS].map(([word]) => word).join("|");
/** Of a folded text, whose letters are ASCII but for foreign ones, so that `\b` will do. */
const SPELLED = new RegExp(`\\b(?:${NUMBER_WORDS})\\b(?:[\\s\\u00a0-]+(?:et|and|${NUMBER_WORDS})\\b)*`, "g");

/** A number read from words: `next` is the index of the first lexeme after it. */
export type SpelledNumber = { value: number; next: number; ordinal: boolean };

/** Whether a folded word is a number by itself. "Un" and "one" are articles and pronouns too, and are not. */
export function isNumberWord(word: string): boolean {
  return (ADDED.get(word) ?? MULTIPLIERS.get(word) ?? 0) > 1 || ORDINALS.get(word) !== undefined;
}

/** The factor a folded word multiplies the number before it by. */
export function multiplierOf(word: string): number | undefined {
  return MULTIPLIERS.get(word);
}

/** Reads the number spelled out from `at` on: "deux cent cinquante", "quatre-vingt-dix-sept", "twenty-five". */
export function readSpelledNumber(all: Lexeme[], at: number): SpelledNumber | null {
  let total = 0;
  let current = 0;
  let read = 0;
  let next = at;
  let last = Number.POSITIVE_INFINITY;
  for (let index = at; index < all.length; index++) {
    const lexeme = all[index];
    if (lexeme?.kind !== "word" || (index > at && !/^[\s\u00a0-]+$/.test(lexeme.gap))) break;
    const { word } = lexeme;
    const added = ADDED.get(word);
    const multiplier = MULTIPLIERS.get(word);
    const ordinal = ORDINALS.get(word);
    if (added !== undefined) {
      if (added === 20 && current % 100 === 4 && read > 0) current += 76;
      else if (read === 1 && current >= 13 && current <= 20 && added >= 10) {
        // A year as English says it: "nineteen ninety-nine".
        current = current * 100 + added;
      } else if (read > 0 && !fits(added, current, last)) break;
      else current += added;
      last = added;
    } else if (multiplier !== undefined) {
      if (multiplier === 100) current = Math.max(1, current) * 100;
      else {
        total += Math.max(1, current) * multiplier;
        current = 0;
      }
      last = multiplier;
    } else if (ordinal !== undefined && (read === 0 || fits(ordinal, current, last))) {
      return { value: total + current + ordinal, next: index + 1, ordinal: true };
    } else if (read > 0 && (word === "et" || word === "and") && joins(all, index, current, last)) {
      continue;
    } else break;
    read++;
    next = index + 1;
  }
  return read === 0 ? null : { value: total + current, next, ordinal: false };
}

/** The values above 1 of the numbers that a text spells out, found without reading its other words. */
export function spelledNumbers(text: string): number[] {
  return (fold(text).match(SPELLED) ?? []).flatMap((run) => {
    const all = lexemes(run);
    const values: number[] = [];
    for (let at = 0; at < all.length; ) {
      const spelled = readSpelledNumber(all, at);
      if (spelled && spelled.value > 1) values.push(spelled.value);
      at = spelled?.next ?? at + 1;
    }
    return values;
  });
}

/** Whether a smaller number may follow within one: tens take units, hundreds take both, sixty and eighty take teens. */
function fits(added: number, current: number, last: number): boolean {
  if (last >= 100) return true;
  if (added < 10) return last >= 20 || (last === 10 && added >= 7);
  return added < 20 && (current % 100 === 60 || current % 100 === 80);
}

/** "Et" within a number: "vingt et un", "soixante et onze", "a hundred and five". */
function joins(all: Lexeme[], at: number, current: number, last: number): boolean {
  const value = ADDED.get(all[at + 1]?.word ?? "");
  if (value === undefined) return false;
  return all[at]?.word === "and"
    ? last >= 100 && current % 100 === 0
    : last >= 20 && (value === 1 || value === 11);
}

function table(entries: Record<string, number>): Map<string, number> {
  return new Map(Object.entries(entries));
}
