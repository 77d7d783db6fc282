import type { Lexeme } from "./lexemes.ts";
import { multiplierOf, readSpelledNumber } from "./number-words.ts";
import { currencyOf } from "./units.ts";

/** A number without its unit: its readings, and the first lexeme after it. */
export type ReadNumber = {
  values: number[];
  code: string | null;
  next: number;
  soft: boolean;
  scale: number;
};

/** What may stand between the parts of one quantity. */
export const SPACE = /^[ \u00a0\u202f\u2009]*$/;

const ORDINAL_SUFFIX = /^(?:e|er|ere|eme|emes|nd|nde|st|rd|th|o)$/;

const SCALES: Record<string, number> = {
  k: 1e3,
  K: 1e3,
  M: 1e6,
  Md: 1e9,
  Mds: 1e9,
  bn: 1e9,
  Bn: 1e9,
  B: 1e9,
  m: 1e6,
};

/**
 * Reads digits or a number spelled out, with the "million" or "k" after it; null when there is none. `afterCurrency`: a
 * currency sign stands before it.
 */
export function readNumber(all: Lexeme[], at: number, afterCurrency: boolean): ReadNumber | null {
  const first = all[at];
  if (!first) return null;
  if (first.kind === "word") {
    const spelled = readSpelledNumber(all, at);
    if (!spelled) return null;
    const alone = spelled.next === at + 1;
    const soft = spelled.ordinal || (alone && (spelled.value === 1 || first.word === "neuf"));
    return {
      values: [spelled.value],
      code: null,
      next: spelled.next,
      soft,
      scale: 1,
    };
  }
  const negative = /(?:^|[\s(])[-−]$/.test(first.gap) && first.gap.length > 1;
  const { values, code } = valuesOf(first.raw);
  let next = at + 1;
  let scale = 1;
  const following = all[next];
  if (following?.kind === "word" && SPACE.test(following.gap)) {
    const short = Object.hasOwn(SCALES, following.raw) ? SCALES[following.raw] : undefined;
    const long = multiplierOf(following.word);
    if (following.gap === "" && (ORDINAL_SUFFIX.test(following.word) || following.word === "s")) {
      next++;
    } else if (long !== undefined) {
      scale = long;
      next++;
      if (long === 100 && currencyOf(all[next]?.word ?? "") === undefined && following.word === "cents") {
        scale = 1;
        next--;
      }
    } else if (short !== undefined && isScale(all, next, afterCurrency)) {
      scale = short;
      next++;
    }
  }
  const signed = negative ? -scale : scale;
  return { values: values.map((value) => value * signed), code, next, soft: false, scale };
}

/** "M" and "k" multiply money alone: before its sign ("12 M€") or after it ("$12M"). */
function isScale(all: Lexeme[], at: number, afterCurrency: boolean): boolean {
  if (afterCurrency) return true;
  const next = all[at + 1];
  if (all[at]?.raw === "bn" || all[at]?.raw === "Md" || all[at]?.raw === "Mds") return true;
  return (
    next !== undefined && SPACE.test(next.gap) && currencyOf(next.word) !== undefined && all[at]?.raw !== "m"
  );
}

/** The readings of digits: grouping and decimal sign can't always be told apart. */
function valuesOf(raw: string): { values: number[]; code: string | null } {
  if (/^0\d(?:\D\d{2}){3,}$/.test(raw)) return { values: [], code: raw.replace(/\D/g, "") };
  const joined = raw.replace(/[ \u00a0\u202f\u2009'’]/g, "");
  const signs = joined.match(/[.,]/g) ?? [];
  const last = signs.at(-1);
  if (last === undefined) return { values: [Number(joined)], code: null };
  const grouped = /^[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*$/.test(joined);
  if (signs.length === 1) {
    const decimal = Number(joined.replace(",", "."));
    return { values: grouped ? [decimal, Number(joined.replace(/[.,]/, ""))] : [decimal], code: null };
  }
  if (grouped) return { values: [Number(joined.replace(/[.,]/g, ""))], code: null };
  const [whole = "", decimals = ""] = [
    joined.slice(0, joined.lastIndexOf(last)),
    joined.slice(joined.lastIndexOf(last) + 1),
  ];
  const mixed = /^[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*$/.test(whole) && !whole.includes(last);
  if (mixed) return { values: [Number(`${whole.replace(/[.,]/g, "")}.${decimals}`)], code: null };
  return { values: [], code: joined };
}
