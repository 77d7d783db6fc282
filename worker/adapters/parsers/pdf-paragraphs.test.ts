import { expect, test } from "vitest";
import type { Line } from "./pdf-lines.ts";
import { toParagraphs } from "./pdf-paragraphs.ts";

/** Lines of one column, 12 points apart and equally long, so that they are one paragraph. */
function column(texts: string[]): Line[] {
  return texts.map((text, index) => ({ text, x0: 50, x1: 550, y: index * 12, size: 10, row: false }));
}

test("lines become a paragraph, each seam as its words ask for", () => {
  const lines = [
    "l'accessi-",
    "bilité peut-",
    "être exem\u00AD",
    "ple  de 日",
    "本 et arc-",
    "boutant, arc-boutant",
  ];
  expect(toParagraphs(column(lines))).toEqual([
    {
      text: "l'accessibilité peut-être exemple de 日本 et arc-boutant, arc-boutant",
      size: 10,
      follows: false,
    },
  ]);
});

test("a paragraph's time grows with its lines, not with their square", () => {
  const lines = column(
    Array.from({ length: 40_000 }, (_, index) => `${index} words of a line that never ends`),
  );
  const startedAt = performance.now();
  expect(toParagraphs(lines)).toHaveLength(1);
  expect(performance.now() - startedAt).toBeLessThan(3_000);
});
