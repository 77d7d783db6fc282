import type { DeletionFigures, Figure } from "../../db/schema/deletions.ts";

/** How many of each there are now: vectors the store shows, objects in R2, rows by table. */
export type Counts = { vectors: number; objects: number; rows: Record<string, number> };

/** The figures of what was counted before anything is removed. */
export function expectAll({ vectors, objects, rows }: Counts): DeletionFigures {
  const byTable = Object.entries(rows).map(([table, count]) => [table, untouched(count)] as const);
  return toFigures(untouched(vectors), untouched(objects), Object.fromEntries(byTable));
}

/**
 * The figures after reading back. What shows that wasn't there when it was last looked for arrived meanwhile: it was
 * to be removed too. But there are never more than `mostVectors`: one that shows again was counted before.
 */
export function readBack(
  before: DeletionFigures,
  now: Counts,
  mostVectors = Number.POSITIVE_INFINITY,
): DeletionFigures {
  const tables = new Set([...Object.keys(before.rows.by_table), ...Object.keys(now.rows)]);
  const byTable: Record<string, Figure> = {};
  for (const table of tables) {
    byTable[table] = look(before.rows.by_table[table] ?? NONE, now.rows[table] ?? 0);
  }
  const vectors = look(before.vectors, now.vectors, mostVectors);
  return toFigures(vectors, look(before.objects, now.objects), byTable);
}

/** A deletion's own figures together with those of its parts; null when nothing was counted yet. */
export function addFigures(parts: Array<DeletionFigures | null>): DeletionFigures | null {
  const counted = parts.filter((part) => part !== null);
  if (counted.length === 0) return null;
  const byTable: Record<string, Figure> = {};
  for (const { rows } of counted) {
    for (const [table, figure] of Object.entries(rows.by_table)) {
      byTable[table] = sum([byTable[table] ?? NONE, figure]);
    }
  }
  const [vectors, objects] = [counted.map((part) => part.vectors), counted.map((part) => part.objects)];
  return toFigures(sum(vectors), sum(objects), byTable);
}

/** Things that were still there at the last look. */
export function remaining({ vectors, objects, rows }: DeletionFigures): number {
  return vectors.remaining + objects.remaining + rows.remaining;
}

const NONE: Figure = { expected: 0, purged: 0, remaining: 0 };

function untouched(count: number): Figure {
  return { expected: count, purged: 0, remaining: count };
}

function look(before: Figure, now: number, most = Number.POSITIVE_INFINITY): Figure {
  const arrived = Math.max(0, now - before.remaining);
  const expected = Math.max(before.expected, Math.min(most, before.expected + arrived));
  return { expected, purged: expected - now, remaining: now };
}

function sum(figures: Figure[]): Figure {
  const total = { ...NONE };
  for (const { expected, purged, remaining } of figures) {
    total.expected += expected;
    total.purged += purged;
    total.remaining += remaining;
  }
  return total;
}

function toFigures(vectors: Figure, objects: Figure, byTable: Record<string, Figure>): DeletionFigures {
  return { vectors, objects, rows: { ...sum(Object.values(byTable)), by_table: byTable } };
}
