import { expect, test } from "vitest";
import { citeSentence } from "./cite.ts";
import { passageOf } from "./test-passage.ts";

const DAYS = passageOf("Le télétravail est limité à trois jours par semaine. La demande est écrite.");
const MONEY = passageOf("L’indemnité de télétravail s’élève à 200 euros par an. Elle est versée en janvier.");
const LUNCH = passageOf("La cantine est ouverte de 12h à 14h. Le parking est gratuit.");
const OTHER = passageOf("Le télétravail est limité à cinq jours par semaine.");
const BOTH = "Le télétravail est limité à trois jours par semaine et l’indemnité s’élève à 200 euros par an.";
const ONE = "Le télétravail est limité à trois jours par semaine.";
const WRONG = "Le télétravail est limité à cinq jours par semaine.";

function cite(text: string, sources: number[], passages = [DAYS, MONEY, LUNCH, OTHER]) {
  const citations = citeSentence({ text, range: { start: 3, end: 3 + text.length }, sources }, passages);
  return citations.map(({ source, reason }) => [source, reason]);
}

test.each([[[1, 2]], [[2, 1]], [[1]], [[2]], [[]]])(
  "a sentence of two passages that names %j has two anchors",
  (sources) => {
    const citations = cite(BOTH, sources);
    expect(citations.toSorted()).toEqual([
      [1, null],
      [2, null],
    ]);
  },
);

test("a source that adds nothing to a sentence that others carry is left out", () => {
  expect(cite(ONE, [1, 3])).toEqual([[1, null]]);
  expect(cite(BOTH, [1, 2, 3])).toEqual([
    [1, null],
    [2, null],
  ]);
});

test("a source that says otherwise is shown with its doubt, and isn't put right by another passage", () => {
  expect(cite(WRONG, [1])).toEqual([[1, "number_differs"]]);
  expect(cite(WRONG, [1, 4])).toEqual([
    [1, "number_differs"],
    [4, null],
  ]);
});

test("two passages don't carry together what neither holds", () => {
  const wrong = BOTH.replace("200", "300");
  expect(cite(wrong, [1, 2]).every(([, reason]) => reason !== null)).toBe(true);
  expect(cite(wrong, [1]).every(([, reason]) => reason !== null)).toBe(true);
  expect(cite(wrong, [])).toEqual([]);
});

test("a passage beside the point is flagged when it is all that is cited", () => {
  expect(cite(ONE, [3])).toEqual([[3, "not_in_source"]]);
});

test("a sentence that cites nothing is anchored in the passage that carries it, or nowhere", () => {
  expect(cite(ONE, [])).toEqual([[1, null]]);
  expect(cite("Le comité se réunit chaque printemps à Bruxelles.", [])).toEqual([]);
});

test("ranges are those of the sentence and of the page, in UTF-16", () => {
  const page = "😀 Préambule. Le délai est de trois mois. Fin.";
  const start = page.indexOf("Le délai");
  const passage = passageOf(page.slice(start), {
    segments: [{ page: 4, kind: "page", label: "iv", start, end: page.length }],
  });
  const [citation] = citeSentence(
    { text: "Le délai est de 3 mois.", range: { start: 7, end: 30 }, sources: [1] },
    [passage],
  );
  expect(citation).toMatchObject({
    page: 4,
    page_label: "iv",
    answer_start: 7,
    answer_end: 30,
    verified: true,
  });
  expect(page.slice(citation?.char_start, citation?.char_end)).toBe(citation?.quote);
  expect(citation?.quote).toBe("Le délai est de trois mois.");
});

test("a quote stays on one page", () => {
  const [first, second] = ["L’indemnité s’élève à 50 euros.", "Elle est versée en janvier 2026."];
  const passage = passageOf(`${first}\n${second}`, {
    segments: [
      { page: 1, kind: "page", label: null, start: 0, end: first.length },
      { page: 2, kind: "page", label: null, start: 0, end: second.length },
    ],
  });
  const text = "L’indemnité de 50 euros est versée en janvier 2026.";
  const [citation] = citeSentence({ text, range: { start: 0, end: text.length }, sources: [1] }, [passage]);
  expect([first, second]).toContain(citation?.quote);
  expect(citation?.verified).toBe(false);
});
