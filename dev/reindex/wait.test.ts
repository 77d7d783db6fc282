import { expect, test } from "vitest";
import { untilIndexed } from "./wait.ts";

type Row = { documents: number; chunks: number; reasons: string };

/** A database that answers one look after the other, the last one for ever. */
function looks(...rows: Row[]) {
  let look = 0;
  return (async () => [rows[Math.min(look++, rows.length - 1)]]) as never;
}

const OPTIONS = { tenantId: null, every: 1 };

test("says what is left whenever that changes, and ends with the last job", async () => {
  const seen: number[] = [];
  const sql = looks(
    { documents: 2, chunks: 9, reasons: "" },
    { documents: 2, chunks: 4, reasons: "" },
    { documents: 1, chunks: 3, reasons: "" },
    { documents: 0, chunks: 0, reasons: "" },
  );
  await untilIndexed(sql, { ...OPTIONS, patience: 60_000, progress: (left) => seen.push(left) });
  expect(seen).toEqual([2, 1, 0]);
});

test("gives up with what stopped it once nothing moves", async () => {
  const sql = looks({ documents: 3, chunks: 9, reasons: "upstream_refused" });
  const waiting = untilIndexed(sql, { ...OPTIONS, patience: 20, progress: () => {} });
  await expect(waiting).rejects.toThrow(
    /3 documents \(9 chunks\) are left, last stopped by upstream_refused/,
  );
});
