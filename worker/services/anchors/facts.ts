import type { Doubt } from "../../db/schema/answer.ts";
import { agrees } from "./dates.ts";
import { sameNumber, sameUnit, sameValue, yearOf } from "./numbers.ts";
import type { Token } from "./reading.ts";

/** Whether two facts may be the same one told twice: a year agrees with a date in it, a bare number with any unit. */
export function sameFact(a: Token, b: Token): boolean {
  if (a.quantity && b.quantity) {
    if (!sameValue(a.quantity, b.quantity)) return false;
    return a.quantity.dimension === null || b.quantity.dimension === null || sameUnit(a.quantity, b.quantity);
  }
  if (a.dates && b.dates) return a.dates.some((date) => b.dates?.some((other) => agrees(date, other)));
  const year = a.quantity ? yearOf(a.quantity) : b.quantity ? yearOf(b.quantity) : null;
  return year !== null && (a.dates ?? b.dates ?? []).some((date) => date.year === year);
}

/** Whether two facts are of one kind, so that one could have been put in the other's place. */
export function sameKind(a: Token, b: Token): boolean {
  if (a.dates || b.dates) return (a.dates !== null || isYear(a)) && (b.dates !== null || isYear(b));
  if (!a.quantity || !b.quantity) return false;
  return isYear(a) === isYear(b) && sameUnit(a.quantity, b.quantity);
}

/**
 * Why a span's facts don't carry a claim's fact, or null when they do. `dimensions` are those of the whole passage: a
 * table's cell has its unit in the heading.
 */
export function factDoubt(claim: Token, span: Token[], dimensions: Set<string>): Doubt | null {
  if (claim.dates) return dateCarried(claim, span) ? null : "date_differs";
  const wanted = claim.quantity;
  if (!wanted || wanted.soft) return null;
  let unitDiffers = false;
  const year = yearOf(wanted);
  for (const token of span) {
    if (year !== null && token.dates?.some((date) => date.year === year)) return null;
    const given = token.quantity;
    if (!given) continue;
    if (sameValue(wanted, given)) {
      if (wanted.dimension === null || sameUnit(wanted, given)) return null;
      if (given.dimension === null && dimensions.has(wanted.dimension)) return null;
    }
    unitDiffers ||= sameNumber(wanted, given);
  }
  if (
    wanted.values.includes(1) &&
    span.some(({ word }) => /^(?:un|une|one|a|an|seule?|single|premiere?|first)$/.test(word))
  ) {
    return null;
  }
  if (unitDiffers) return "unit_differs";
  return year === null ? "number_differs" : "date_differs";
}

/** A date is carried by one that has its fields, the year perhaps apart ("En 2024, … le 3 mars"). */
function dateCarried({ dates }: Token, span: Token[]): boolean {
  const years = new Set(span.flatMap((token) => (token.quantity ? (yearOf(token.quantity) ?? []) : [])));
  for (const token of span)
    for (const date of token.dates ?? []) if (date.year !== null) years.add(date.year);
  return (dates ?? []).some((wanted) =>
    span.some((token) =>
      token.dates?.some(
        (given) =>
          agrees(wanted, given) &&
          (wanted.month === null || given.month !== null) &&
          (wanted.day === null || given.day !== null) &&
          (wanted.weekday === null || given.weekday !== null) &&
          (wanted.year === null || given.year !== null || years.has(wanted.year)),
      ),
    ),
  );
}

/** Whether a token is a year by itself. */
export function isYear({ quantity }: Token): boolean {
  return quantity !== null && yearOf(quantity) !== null;
}
