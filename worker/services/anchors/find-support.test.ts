import { expect, test } from "vitest";
import { findSupport } from "./find-support.ts";

const PASSAGE =
  "Le télétravail est limité à trois jours par semaine. La demande est faite par écrit. " +
  "L’indemnité s’élève à 1 250,50 euros par an.\nElle est versée en janvier 2026.";
const WHOLE = [{ start: 0, end: PASSAGE.length }];

function quote(sentence: string, bounds = WHOLE) {
  const support = findSupport(sentence, PASSAGE, bounds);
  return { quote: support && PASSAGE.slice(support.range.start, support.range.end), doubt: support?.doubt };
}

test("a sentence copied from the passage is found to the character", () => {
  expect(quote("La demande est faite par écrit.")).toEqual({
    quote: "La demande est faite par écrit.",
    doubt: null,
  });
});

test("a reworded sentence finds the one that carries it", () => {
  expect(quote("Les jours de télétravail sont limités à trois par semaine.")).toEqual({
    quote: "Le télétravail est limité à trois jours par semaine.",
    doubt: null,
  });
});

test("numbers may be written otherwise but not differ", () => {
  expect(quote("L’indemnité s’élève à 1250.50 euros par an.").doubt).toBe(null);
  expect(quote("L’indemnité s’élève à 1 350,50 euros par an.").doubt).toBe("number_differs");
});

test("a claim made in two steps takes both sentences", () => {
  expect(quote("L’indemnité de 1 250,50 euros est versée en janvier 2026.")).toEqual({
    quote: "L’indemnité s’élève à 1 250,50 euros par an.\nElle est versée en janvier 2026.",
    doubt: null,
  });
});

test("a sentence that the passage doesn't carry gets the nearest text, in doubt", () => {
  expect(quote("Le congé parental dure seize semaines.").doubt).toBe("not_in_source");
});

test("a quote never crosses a bound, such as the end of a page", () => {
  const cut = PASSAGE.indexOf("\n");
  const bounds = [
    { start: 0, end: cut },
    { start: cut + 1, end: PASSAGE.length },
  ];
  expect(quote("L’indemnité de 1 250,50 euros est versée en janvier 2026.", bounds).quote).not.toContain(
    "\n",
  );
});

test("a claim turned into its contrary is in doubt, in both directions", () => {
  expect(quote("Le télétravail n’est pas limité à trois jours par semaine.").doubt).toBe("negation_differs");
  const denied = "The deposit is not refundable.";
  const bounds = [{ start: 0, end: denied.length }];
  expect(findSupport("The deposit is refundable.", denied, bounds)?.doubt).toBe("negation_differs");
  expect(findSupport("The deposit isn’t refundable.", denied, bounds)?.doubt).toBe(null);
});

test.each([
  ["quatre jours", "number_differs"],
  ["3 jours", null],
])("the passage's “trois jours” told as “%s” → %s", (told, doubt) => {
  expect(quote(`Le télétravail est limité à ${told} par semaine.`).doubt).toBe(doubt);
});
