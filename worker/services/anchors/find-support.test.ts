import { expect, test } from "vitest";
import { findSupport, toClaim } from "./find-support.ts";
import { preparePassage } from "./prepare-passage.ts";
import { readClaim } from "./reading.ts";
import { passageOf } from "./test-passage.ts";

const PASSAGE =
  "Le télétravail est limité à trois jours par semaine. La demande est faite par écrit. " +
  "L’indemnité s’élève à 1 250,50 euros par an.\nElle est versée en janvier 2026.";

function quote(sentence: string, text = PASSAGE) {
  const support = findSupport(toClaim(readClaim(sentence)), preparePassage(passageOf(text)));
  return { quote: support && text.slice(support.range.start, support.range.end), doubt: support?.doubt };
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

test("a claim made in two steps takes both sentences", () => {
  expect(quote("L’indemnité de 1 250,50 euros est versée en janvier 2026.")).toEqual({
    quote: "L’indemnité s’élève à 1 250,50 euros par an.\nElle est versée en janvier 2026.",
    doubt: null,
  });
});

test("a sentence that the passage doesn't carry gets the nearest text, in doubt", () => {
  expect(quote("Le congé parental dure seize semaines.").doubt).toBe("not_in_source");
});

test("what a sentence introduces the claim with is no part of it", () => {
  expect(quote("Selon le document, la demande est faite par écrit.").doubt).toBe(null);
  expect(quote("According to the document, the request is written.", "The request is written.").doubt).toBe(
    null,
  );
});

test("a shorter quote is preferred to a longer one that adds nothing", () => {
  expect(quote("La demande doit être faite par écrit.").quote).toBe("La demande est faite par écrit.");
});

test("a passage without a sentence carries nothing", () => {
  expect(quote("La demande est faite par écrit.", " ").quote).toBe(null);
});
