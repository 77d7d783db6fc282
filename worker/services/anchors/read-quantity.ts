import { readClock } from "./clock.ts";
import { type ReadNumber, readNumber, SPACE } from "./digits.ts";
import type { Lexeme } from "./lexemes.ts";
import { isNumberWord } from "./number-words.ts";
import type { Quantity } from "./numbers.ts";
import { readUnit } from "./read-unit.ts";
import { currencyOf, type Unit } from "./units.ts";

/** What was read from some lexemes on; `next` is the index of the first one after it. */
export type ReadQuantity = { quantity: Quantity; next: number };

const ROMAN = /^[IVX]+$/;

const CENTURY = /^(?:siecles?|s)$/;

/** Reads the quantity that starts at a lexeme, or null. Dates are read before, so none comes here. */
export function readQuantity(all: Lexeme[], at: number): ReadQuantity | null {
  const first = all[at];
  if (!first) return null;
  const currency = currencyOf(first.word);
  if (currency && SPACE.test(all[at + 1]?.gap ?? "-") && all[at + 1]?.kind === "number") {
    const read = readNumber(all, at + 1, true);
    return read && withUnit(read, currency, read.next);
  }
  const century = readCentury(all, at);
  if (century) return century;
  if (first.kind !== "number" && !(first.kind === "word" && mayBeNumber(first.word))) return null;
  const read = readNumber(all, at, false);
  if (!read) return null;
  const clock = readClock(all, read);
  if (clock) return clock;
  const unit = readUnit(all, read.next);
  if (read.soft && first.word.length <= 3 && !unit) return null;
  return unit ? withUnit(read, unit.unit, unit.next) : withUnit(read, null, read.next);
}

function mayBeNumber(word: string): boolean {
  return isNumberWord(word) || word === "un" || word === "une" || word === "one" || word === "zero";
}

function withUnit(read: ReadNumber, unit: Unit | null, next: number): ReadQuantity {
  const values = unit ? read.values.map((value) => value * unit.factor) : read.values;
  const { code, soft, scale } = read;
  const factor = unit?.factor ?? 1;
  return {
    quantity: { values, dimension: unit?.dimension ?? null, code, soft, factor, scale },
    next,
  };
}

/** "XIXe siècle", "19th century", "19e siècle": the century as an ordinal. */
function readCentury(all: Lexeme[], at: number): ReadQuantity | null {
  const roman = /^([IVX]+)(?:e|ème|eme|er|ᵉ)?$/.exec(all[at]?.raw ?? "");
  const value = roman?.[1] && ROMAN.test(roman[1]) ? romanValue(roman[1]) : null;
  if (value === null) return null;
  const next = all[at + 1];
  if (!next || !CENTURY.test(next.word)) return null;
  const quantity = {
    values: [value],
    dimension: "century",
    code: null,
    soft: false,
    factor: 1,
    scale: 1,
  };
  return { quantity, next: at + 2 };
}

function romanValue(roman: string): number {
  const digits: Record<string, number> = { I: 1, V: 5, X: 10 };
  let value = 0;
  for (let index = 0; index < roman.length; index++) {
    const digit = digits[roman[index] ?? ""] ?? 0;
    value += digit < (digits[roman[index + 1] ?? ""] ?? 0) ? -digit : digit;
  }
  return value;
}
