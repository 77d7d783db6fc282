import { expect, test } from "vitest";
import type { Citation } from "../api/shapes.ts";
import { withFootnotes } from "./footnotes.ts";
import { createTurn } from "./turn.ts";

function cite(text: string, sentence: string, page: number, quote: string): Citation {
  const answer_start = text.indexOf(sentence);
  const place = {
    document_id: "d",
    version: 1,
    filename: "lease.pdf",
    page,
    page_kind: "page" as const,
    page_label: null,
  };
  const span = { char_start: page * 10, char_end: page * 10 + quote.length };
  const range = { answer_start, answer_end: answer_start + sentence.length };
  return { source: 1, ...place, ...span, quote, ...range, verified: true, reason: null };
}

test("a copied answer carries its numbers and its notes", () => {
  const text = "Notice is one month. The deposit is two rents.";
  const citations = [
    cite(text, "Notice is one month.", 2, "one\nmonth"),
    cite(text, "The deposit is two rents.", 5, "two rents"),
    cite(text, "The deposit is two rents.", 2, "one\nmonth"),
  ];
  const turn = { ...createTurn("?"), text, citations };
  expect(withFootnotes(turn, ({ page }) => `page ${page}`)).toBe(
    "Notice is one month. [1] The deposit is two rents. [1][2]\n\n" +
      "[1] lease.pdf, page 2: “one month”\n[2] lease.pdf, page 5: “two rents”",
  );
});
