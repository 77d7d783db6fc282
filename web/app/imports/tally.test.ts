import { expect, test } from "vitest";
import type { Import } from "../api/shapes.ts";
import { newBatch } from "./batch.ts";
import { tallyBatch } from "./tally.ts";

function imported(counts: Partial<Import["counts"]>, rest: Partial<Import> = {}): Import {
  const none = { pending: 0, reading: 0, ready: 0, duplicate: 0, skipped: 0, failed: 0, cancelled: 0 };
  const total = Object.values(counts).reduce<number>((sum, n) => sum + (n ?? 0), 0);
  return {
    id: crypto.randomUUID(),
    collection_id: "c",
    kind: "files",
    source: "",
    state: "running",
    error_code: null,
    error_message: null,
    eta_seconds: null,
    created_at: "",
    updated_at: "",
    finished_at: null,
    ...rest,
    counts: { total, ...none, ...counts },
  };
}

const outgoing = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    key: String(n),
    path: `${n}.md`,
    file: new File(["x"], `${n}.md`),
  }));
const refused = { key: "r", path: "large.pdf", reason: "too_large" as const };
const files = { kind: "files" as const, collectionId: "c" };

test("one count goes over every import, what is still to be sent and what was refused before", () => {
  const batch = newBatch({
    ...files,
    imports: [imported({ ready: 30, failed: 1 }), imported({ ready: 5, reading: 2, pending: 12 })],
    outgoing: outgoing(149),
    refused: [refused],
    isSending: true,
  });
  expect(tallyBatch(batch)).toMatchObject({ total: 200, done: 37, failed: 2, open: 163, isOver: false });
});

test("an estimate is given once everything is sent, and is the longest of those there are", () => {
  const imports = [
    imported({ pending: 3 }, { eta_seconds: 40 }),
    imported({ pending: 9 }, { eta_seconds: 70 }),
  ];
  expect(tallyBatch(newBatch({ ...files, imports })).etaSeconds).toBe(70);
  expect(tallyBatch(newBatch({ ...files, imports, outgoing: outgoing(1) })).etaSeconds).toBeNull();
});

test("a batch is over when nothing more changes by itself", () => {
  const done = imported({ ready: 3 }, { state: "done" });
  expect(tallyBatch(newBatch({ ...files, imports: [done] })).isOver).toBe(true);
  // A file put in the place of one that failed is being read although the import is done.
  const replaced = imported({ ready: 2, reading: 1 }, { state: "done" });
  expect(tallyBatch(newBatch({ ...files, imports: [replaced] })).isOver).toBe(false);
  const stopped = newBatch({ ...files, imports: [done], outgoing: outgoing(2), isStopped: true });
  expect(tallyBatch(stopped)).toMatchObject({ isOver: true, open: 2 });
});

test("what an archive holds isn't known before it is listed, and one that can't be is a failure", () => {
  const listing = imported({ total: null }, { state: "listing" });
  expect(tallyBatch(newBatch({ ...files, imports: [listing] })).total).toBeNull();
  const broken = imported({}, { state: "failed", error_code: "archive_corrupt" });
  expect(tallyBatch(newBatch({ ...files, imports: [broken] }))).toMatchObject({
    total: 1,
    failed: 1,
    isOver: true,
  });
});
