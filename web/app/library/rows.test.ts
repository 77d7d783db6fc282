import { expect, test } from "vitest";
import type { LibraryDocument } from "../api/shapes.ts";
import { type Rows, reduceRows, rowsOf } from "./rows.ts";

const doc = (id: string, rest: Partial<LibraryDocument> = {}) =>
  ({ id, filename: `${id}.md`, status: "ready", created_at: "2026-11-24", ...rest }) as LibraryDocument;
const page = (ids: string[], next: string | null = null) => ({
  data: ids.map((id) => doc(id)),
  next_cursor: next,
});
const idsOf = ({ documents }: Rows) => documents.map(({ id }) => id).join("");

test("a page more adds what isn't there yet, and tells where the list goes on", () => {
  const rows = reduceRows(rowsOf(page(["a", "b"], "next")), { type: "more", page: page(["b", "c"]) });
  expect([idsOf(rows), rows.nextCursor]).toEqual(["abc", null]);
});

test("what changed takes the place it had; what has come goes on top only where the newest stand there", () => {
  const rows = rowsOf(page(["a", "b"]));
  const documents = [
    doc("b", { status: "failed" }),
    doc("x", { created_at: "2026-11-25" }),
    doc("y", { created_at: "2026-11-26" }),
  ];
  const onTop = reduceRows(rows, { type: "changed", documents, newOnTop: true });
  expect(idsOf(onTop)).toBe("yxab");
  expect(onTop.documents.at(-1)?.status).toBe("failed");
  expect(idsOf(reduceRows(rows, { type: "changed", documents, newOnTop: false }))).toBe("ab");
});

test("what is deleted is gone at once", () => {
  expect(idsOf(reduceRows(rowsOf(page(["a", "b", "c"])), { type: "gone", ids: new Set(["a", "c"]) }))).toBe(
    "b",
  );
});
