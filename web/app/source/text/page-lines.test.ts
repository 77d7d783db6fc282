import { expect, test } from "vitest";
import { cutPage, locate } from "./page-lines.ts";

const PAGE = {
  text: "Titre\nUn mot 📌 et\nla suite.\n",
  headings: [{ offset: 0, level: 2, title: "Titre" }],
};

test("the span is marked exactly, over the lines it crosses", () => {
  const span = { start: PAGE.text.indexOf("📌"), end: PAGE.text.indexOf(" suite") };
  const lines = cutPage(PAGE, span);
  expect(lines.map(({ level }) => level)).toEqual([2, 0, 0, 0]);
  const marked = lines.flatMap(({ pieces }) =>
    pieces.filter((piece) => piece.marked).map(({ text }) => text),
  );
  expect(marked.join("\n")).toBe(PAGE.text.slice(span.start, span.end));
  expect(lines.map(({ pieces }) => pieces.map(({ text }) => text).join("")).join("\n")).toBe(PAGE.text);
});

test("a title is a heading over all the lines it stands on", () => {
  const text = "## Un titre\nsur deux lignes\nTexte.\n\nAutre titre\ncoupé\n\nFin.";
  const headings = [
    { offset: 0, level: 2, title: "Un titre sur deux lignes" },
    { offset: text.indexOf("Autre"), level: 1, title: "Autre titre coupé" },
  ];
  expect(cutPage({ text, headings }, null).map(({ level }) => level)).toEqual([2, 2, 0, 0, 1, 1, 0, 0]);
});

test("a passage that isn't on the page has no place", () => {
  expect(locate(PAGE.text, "la suite.")).toEqual({ start: 19, end: 28 });
  expect(locate(PAGE.text, "ailleurs")).toBeNull();
});
