import type { Lexeme } from "./lexemes.ts";

/** What a text says of a date; a field it leaves out is null. `weekday` counts from Monday, 0. */
export type CalendarDate = {
  year: number | null;
  month: number | null;
  day: number | null;
  weekday: number | null;
};

/** The readings of a date ("03/04/2024" has two); `next` is the index of the first lexeme after it. */
export type ReadDate = { dates: CalendarDate[]; next: number };

const MONTHS =
  "janvier january|fevrier february|mars march|avril april|mai may|juin june|juillet july|aout august|septembre september|octobre october|novembre november|decembre december";
const SHORT_MONTHS = "janv jan|fevr fev feb|mar|avr apr||jun|juil jul|aug|sept sep|oct|nov|dec";
const WEEKDAYS =
  "lundi monday|mardi tuesday|mercredi wednesday|jeudi thursday|vendredi friday|samedi saturday|dimanche sunday";

const LONG = indexed(MONTHS);
const SHORT = indexed(SHORT_MONTHS);
const WEEKDAY = indexed(WEEKDAYS);

/** Months that are other words too: they count next to a day or a year, or after a word that time follows. */
const AMBIGUOUS = /^(?:mars|march|may)$/;
const BEFORE_MONTH =
  /^(?:en|de|d|mi|debut|fin|depuis|mois|et|a|au|in|of|since|until|till|by|from|early|late|mid|last|next|this|and|to|between|during|ending|before|after)$/;

const NONE: CalendarDate = { year: null, month: null, day: null, weekday: null };
const SPACE = /^[\s\u00a0\u202f]*$/;

/** Reads the date that starts at a lexeme, or null. A year by itself is left to be read as a number. */
export function readDate(all: Lexeme[], at: number): ReadDate | null {
  const first = all[at];
  if (!first) return null;
  if (first.kind === "number") return readNumeric(all, at) ?? readFromDay(all, at);
  const weekday = WEEKDAY.get(first.word);
  if (weekday !== undefined) return { dates: [{ ...NONE, weekday }], next: at + 1 };
  return readFromMonth(all, at);
}

/** Whether a date agrees with what another says: every field of `wanted` that `given` has too is the same. */
export function agrees(wanted: CalendarDate, given: CalendarDate): boolean {
  const same = (a: number | null, b: number | null) => a === null || b === null || a === b;
  return (
    same(wanted.year, given.year) &&
    same(wanted.month, given.month) &&
    same(wanted.day, given.day) &&
    same(wanted.weekday, given.weekday)
  );
}

/** "2024-03-03", "03/03/2024", "3.3.2024". Day and month are told apart only when one is over twelve. */
function readNumeric(all: Lexeme[], at: number): ReadDate | null {
  const first = all[at];
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(first?.raw ?? "");
  if (dotted) return ordered(Number(dotted[1]), Number(dotted[2]), Number(dotted[3]), at + 1);
  const second = all[at + 1];
  const third = all[at + 2];
  if (first?.kind !== "number" || second?.kind !== "number" || third?.kind !== "number") return null;
  if (second.gap !== third.gap || !/^[/‐‑-]$/.test(second.gap)) return null;
  const [a, b, c] = [Number(first.raw), Number(second.raw), Number(third.raw)];
  if (/^\d{4}$/.test(first.raw) && b <= 12 && c <= 31) {
    return { dates: [{ ...NONE, year: a, month: b, day: c }], next: at + 3 };
  }
  return /^(?:\d{2}|\d{4})$/.test(third.raw) ? ordered(a, b, c < 100 ? 2000 + c : c, at + 3) : null;
}

function ordered(a: number, b: number, year: number, next: number): ReadDate | null {
  const orders = [
    { ...NONE, year, month: b, day: a },
    { ...NONE, year, month: a, day: b },
  ].filter(({ month, day }) => month >= 1 && month <= 12 && day >= 1 && day <= 31);
  return orders.length === 0 ? null : { dates: orders, next };
}

/** "3 mars 2024", "1er mars", "15th of March, 2024". */
function readFromDay(all: Lexeme[], at: number): ReadDate | null {
  const day = dayAt(all, at);
  if (!day) return null;
  let index = day.next;
  if (all[index]?.word === "of") index++;
  const lexeme = all[index];
  if (!lexeme || !/^[\s\u00a0.-]*$/.test(lexeme.gap)) return null;
  const month = LONG.get(lexeme.word) ?? SHORT.get(lexeme.word);
  if (month === undefined) return null;
  const year = yearAt(all, index + 1);
  return {
    dates: [{ ...NONE, day: day.day, month: month + 1, year: year?.year ?? null }],
    next: year?.next ?? index + 1,
  };
}

/** "mars 2024", "March 3, 2024", "March 3rd", or the month alone. */
function readFromMonth(all: Lexeme[], at: number): ReadDate | null {
  const lexeme = all[at];
  if (!lexeme) return null;
  const long = LONG.get(lexeme.word);
  const month = long ?? SHORT.get(lexeme.word);
  if (month === undefined) return null;
  const year = yearAt(all, at + 1);
  if (year) return { dates: [{ ...NONE, month: month + 1, year: year.year }], next: year.next };
  const day = dayAt(all, at + 1);
  if (day && /^\.?[\s\u00a0]+$/.test(all[at + 1]?.gap ?? "") && isCapital(lexeme)) {
    const after = yearAt(all, day.next);
    const date = { ...NONE, month: month + 1, day: day.day, year: after?.year ?? null };
    return { dates: [date], next: after?.next ?? day.next };
  }
  if (long === undefined) return null;
  if (AMBIGUOUS.test(lexeme.word)) {
    if (!BEFORE_MONTH.test(all[at - 1]?.word ?? "") || (lexeme.word !== "mars" && !isCapital(lexeme)))
      return null;
  }
  return { dates: [{ ...NONE, month: month + 1 }], next: at + 1 };
}

function dayAt(all: Lexeme[], at: number): { day: number; next: number } | null {
  const lexeme = all[at];
  if (!lexeme || !/^\d{1,2}$/.test(lexeme.raw)) return null;
  const day = Number(lexeme.raw);
  if (day < 1 || day > 31) return null;
  const suffix = all[at + 1];
  const ordinal = suffix?.gap === "" && /^(?:er|st|nd|rd|th)$/.test(suffix.word);
  return { day, next: ordinal ? at + 2 : at + 1 };
}

function yearAt(all: Lexeme[], at: number): { year: number; next: number } | null {
  const lexeme = all[at];
  if (!lexeme || !/^[12]\d{3}$/.test(lexeme.raw) || !/^[.,]?[\s\u00a0\u202f-]*$/.test(lexeme.gap))
    return null;
  return SPACE.test(all[at + 1]?.gap ?? " ") && all[at + 1]?.word === "%"
    ? null
    : { year: Number(lexeme.raw), next: at + 1 };
}

function isCapital({ raw }: Lexeme): boolean {
  return /^\p{Lu}/u.test(raw);
}

function indexed(lists: string): Map<string, number> {
  return new Map(
    lists
      .split("|")
      .flatMap((words, index) => words.split(" ").map((word): [string, number] => [word, index])),
  );
}
