import { expect, test } from "vitest";
import { waitBeforeRetry } from "./patiently.ts";
import { cutPortions } from "./portions.ts";
import { sortOut } from "./sort-out.ts";

const MIB = 2 ** 20;
/** A file that says it is so large, without being it. */
const sized = (name: string, size: number) =>
  Object.defineProperty(new File(["text"], name), "size", { value: size });
const found = (file: File) => ({ file, path: `folder/${file.name}` });

test("files go in portions of bounded bytes and number, in their order; a large one goes by itself", () => {
  const files = [5, 5, 5, 40, 1].map((mib, n) => ({ key: String(n), file: sized(`${n}.pdf`, mib * MIB) }));
  const keys = cutPortions(files).map((portion) => portion.map(({ key }) => key).join(""));
  expect(keys).toEqual(["01", "2", "3", "4"]);
  const many = Array.from({ length: 250 }, (_, n) => ({ file: sized(`${n}.md`, 1) }));
  expect(cutPortions(many).map((portion) => portion.length)).toEqual([100, 100, 50]);
});

test("an empty file is refused, unless it is of those that systems leave about", async () => {
  const empty = (path: string) => ({ file: new File([], path.split("/").at(-1) ?? ""), path });
  const { files, refused } = await sortOut(
    ["docs/nothing.txt", "docs/.gitkeep", ".git/refs/tags"].map(empty),
    null,
  );
  expect(refused.map(({ path, reason }) => [path, reason])).toEqual([["docs/nothing.txt", "empty"]]);
  expect(files.map(({ path }) => path)).toEqual(["docs/.gitkeep", ".git/refs/tags"]);
});

test("what the plan can't take is refused at once with its limit, archives are told from Office's files", async () => {
  const zip = new File(["PK\u0003\u0004rest"], "all.ZIP");
  const docx = new File(["PK\u0003\u0004rest"], "letter.docx");
  const claimed = new File(["no archive"], "claimed.zip");
  const sorted = await sortOut(
    [zip, docx, claimed, sized("book.pdf", 60 * MIB), new File([], "nothing.txt")].map(found),
    { fileBytes: 50 * MIB, importBytes: 100 * MIB, documents: 10 },
  );
  expect(sorted.archives).toEqual([zip]);
  expect(sorted.files.map(({ path }) => path)).toEqual(["folder/letter.docx", "folder/claimed.zip"]);
  expect(sorted.refused.map(({ path, reason, limit }) => [path, reason, limit])).toEqual([
    ["folder/book.pdf", "too_large", 50 * MIB],
    ["folder/nothing.txt", "empty", undefined],
  ]);
});

test("without knowing the plan nothing is refused for its size", async () => {
  const sorted = await sortOut([found(sized("book.pdf", 60 * MIB))], null);
  expect(sorted).toMatchObject({ files: [{ path: "folder/book.pdf" }], refused: [] });
});

test("what may pass is waited for longer each time and not for ever, what is refused isn't", () => {
  expect([1, 2, 3, 8].map((tries) => waitBeforeRetry("unreachable", tries, false))).toEqual([
    2_000,
    4_000,
    8_000,
    null,
  ]);
  expect(waitBeforeRetry("rate_limited", 50, false)).toBe(30_000);
  expect(waitBeforeRetry("conflict", 1, false)).toBeNull();
  expect(waitBeforeRetry("conflict", 1, true)).toBe(10_000);
  expect(waitBeforeRetry("forbidden", 1, true)).toBeNull();
});
