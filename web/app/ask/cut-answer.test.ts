import { expect, test } from "vitest";
import type { Citation } from "../api/shapes.ts";
import { cutAnswer } from "./cut-answer.ts";

const ANSWER = "Le préavis est d’un mois 📌. Il court dès l’envoi. Voilà.";
const [FIRST, SECOND] = ["Le préavis est d’un mois 📌.", "Il court dès l’envoi."] as const;

function cite(sentence: string, span: [number, number], rest: Partial<Citation> = {}): Citation {
  const answer_start = ANSWER.indexOf(sentence);
  return {
    source: 1,
    document_id: "d",
    version: 1,
    filename: "bail.pdf",
    page: 2,
    page_kind: "page",
    page_label: null,
    char_start: span[0],
    char_end: span[1],
    quote: "…",
    answer_start,
    answer_end: answer_start + sentence.length,
    verified: true,
    reason: null,
    ...rest,
  };
}

function summary(citations: Citation[], unanchored: Parameters<typeof cutAnswer>[2] = []) {
  return cutAnswer(ANSWER, citations, unanchored).map(({ text, marks, doubt }) => [
    text,
    marks.map(({ number }) => number),
    doubt,
  ]);
}

test("each sentence carries its marks, and the segments put together are the answer", () => {
  const citations = [cite(FIRST, [0, 9]), cite(FIRST, [20, 30]), cite(SECOND, [0, 9])];
  expect(summary(citations)).toEqual([
    [FIRST, [1, 2], null],
    [" ", [], null],
    [SECOND, [1], null],
    [" Voilà.", [], null],
  ]);
});

test("a sentence is in doubt only when none of its citations carries it", () => {
  const doubtful = { verified: false, reason: "number_differs" } as const;
  expect(summary([cite(FIRST, [0, 9], doubtful), cite(FIRST, [20, 30])])[0]).toEqual([FIRST, [1, 2], null]);
  expect(summary([cite(FIRST, [0, 9], doubtful)])[0]).toEqual([FIRST, [1], "number_differs"]);
});

test("a sentence that no passage carries says so, and a range out of the text is passed over", () => {
  const { answer_start, answer_end } = cite(SECOND, [0, 1]);
  const beyond = { answer_start: 10, answer_end: 900 };
  expect(summary([], [{ answer_start, answer_end }, beyond])).toEqual([
    [`${FIRST} `, [], null],
    [SECOND, [], "unanchored"],
    [" Voilà.", [], null],
  ]);
});
