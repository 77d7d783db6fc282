import type { Deletion } from "../../api/shapes.ts";

type Figures = NonNullable<Deletion["figures"]>;
type Figure = Pick<Figures["vectors"], "expected" | "purged" | "remaining">;

export type Sums = Record<"vectors" | "objects" | "rows", Figure>;

/** The figures of several receipts in one; null until the first of them is counted. */
export function addFigures(deletions: Deletion[]): Sums | null {
  const counted = deletions.flatMap(({ figures }) => figures ?? []);
  if (counted.length === 0) return null;
  const sum = (kind: keyof Sums): Figure => ({
    expected: total(counted, kind, "expected"),
    purged: total(counted, kind, "purged"),
    remaining: total(counted, kind, "remaining"),
  });
  return { vectors: sum("vectors"), objects: sum("objects"), rows: sum("rows") };
}

function total(counted: Figures[], kind: keyof Sums, figure: keyof Figure): number {
  return counted.reduce((all, figures) => all + figures[kind][figure], 0);
}
