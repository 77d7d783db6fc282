import { distinct, numberMarks } from "./cut-answer.ts";
import type { Turn } from "./turn.ts";

type Footnote = { number: number; quote: string; where: string };

type Where = (citation: Turn["citations"][number]) => string;

/** An answer's notes in order: each quote with the place it stands at. */
export function footnotesOf({ citations }: Turn, where: Where): Footnote[] {
  return distinct(numberMarks(citations)).map(({ number, citation }) => ({
    number,
    quote: citation.quote,
    where: `${citation.filename}, ${where(citation)}`,
  }));
}

/** An answer as text to paste elsewhere: numbers in brackets after the sentences, the notes below. */
export function withFootnotes(turn: Turn, where: Where): string {
  const marks = numberMarks(turn.citations);
  const ends = [...new Set(marks.map(({ citation }) => citation.answer_end))].sort((a, b) => b - a);
  let text = turn.text;
  for (const end of ends) {
    const own = distinct(marks.filter(({ citation }) => citation.answer_end === end));
    text = `${text.slice(0, end)} ${own.map(({ number }) => `[${number}]`).join("")}${text.slice(end)}`;
  }
  const notes = footnotesOf(turn, where).map(
    ({ number, quote, where: place }) => `[${number}] ${place}: “${oneLine(quote)}”`,
  );
  return notes.length === 0 ? text : `${text}\n\n${notes.join("\n")}`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}
