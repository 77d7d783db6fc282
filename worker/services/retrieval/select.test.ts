import { expect, test } from "vitest";
import { selectChunks } from "./select.ts";

const SENTENCE =
  "The notice period is three months for managers and one month for all other employees of the firm.";

function chunk(document_id: string, text: string, score: number) {
  return { document_id, text, score };
}

/** Ten chunks of one document with nothing in common. */
function chapter(document_id: string, from: number) {
  return Array.from({ length: 10 }, (_, index) =>
    chunk(document_id, `${document_id} chapter ${"abcdefghij"[index]}`, from - index / 100),
  );
}

test("a second copy of a text is left out, and the next one takes its place", () => {
  const copies = [
    chunk("a", SENTENCE, 1),
    chunk("b", `${SENTENCE}\n`, 0.9),
    chunk("c", "Another text.", 0.8),
  ];
  expect(selectChunks(copies, 2).map(({ document_id }) => document_id)).toEqual(["a", "c"]);
});

test("the same words with another number are another text", () => {
  const years = ["2023", "2024"].map((year) => chunk(year, `${SENTENCE} In force since 1 May ${year}.`, 1));
  expect(selectChunks(years, 2)).toHaveLength(2);
});

test("a document gives way once it has three quarters, to one that is nearly as good", () => {
  const ranked = [...chapter("long", 1), chunk("other", "Another text.", 0.85)];
  const chosen = selectChunks(ranked, 4).map(({ document_id }) => document_id);
  expect(chosen).toEqual(["long", "long", "long", "other"]);
});

test("nothing gives way to what is far behind, or to nothing", () => {
  const noise = chunk("other", "Another text.", 0.1);
  expect(selectChunks([...chapter("long", 1), noise], 4).map(({ document_id }) => document_id)).toEqual(
    Array(4).fill("long"),
  );
  expect(selectChunks(chapter("long", 1), 20)).toHaveLength(10);
});
