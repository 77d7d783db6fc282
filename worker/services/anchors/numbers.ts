import { sameDimension } from "./units.ts";

/**
 * A number with its unit. `values` are the readings of an ambiguous notation ("1.250" is 1250 or 1.25), in the
 * dimension's base unit. `code` is what can't be a number, such as "4.1.2". `soft`: may be no number at all ("un an").
 */
export type Quantity = {
  values: number[];
  dimension: string | null;
  code: string | null;
  soft: boolean;
  /** Base units in one of its units, and what "million" and the like multiplied it by. */
  factor: number;
  scale: number;
};

/** Whether two quantities have the same unit, or neither has one. */
export function sameUnit(a: Quantity, b: Quantity): boolean {
  if (a.dimension === null || b.dimension === null) return a.dimension === b.dimension;
  const [base = "", per = ""] = a.dimension.split("/");
  const [otherBase = "", otherPer = ""] = b.dimension.split("/");
  return sameDimension(base, otherBase) && (per === otherPer || !per || !otherPer);
}

/** Whether two quantities are as much: in base units when both measure the same, otherwise by their numbers. */
export function sameValue(a: Quantity, b: Quantity): boolean {
  return a.dimension !== null && sameUnit(a, b) ? overlap(a, b, a.values, b.values) : sameNumber(a, b);
}

/** Whether two quantities have the same number, whatever the unit. */
export function sameNumber(a: Quantity, b: Quantity): boolean {
  const bare = ({ values, factor }: Quantity) => values.map((value) => value / factor);
  return overlap(a, b, bare(a), bare(b));
}

function overlap(a: Quantity, b: Quantity, own: number[], other: number[]): boolean {
  if (a.code !== null || b.code !== null) return a.code === b.code;
  return own.some((x) => other.some((y) => Math.abs(x - y) <= 1e-9 * Math.max(Math.abs(x), Math.abs(y))));
}

/** A year as texts write it: four digits and no unit. */
export function yearOf({ values, dimension, code }: Quantity): number | null {
  const [value = 0] = values;
  if (dimension !== null || code !== null || values.length !== 1) return null;
  return Number.isInteger(value) && value >= 1000 && value <= 2200 ? value : null;
}
