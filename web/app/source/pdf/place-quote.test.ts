import { expect, test } from "vitest";
import { placeQuote } from "./place-quote.ts";

function place(items: string[], pageText: string, quote: string, from = 0) {
  const start = pageText.indexOf(quote, from);
  expect(start).toBeGreaterThanOrEqual(0);
  const stretches = placeQuote(items, pageText, { start, end: start + quote.length });
  return stretches?.map(({ item, start: begin, end }) => items[item]?.slice(begin, end)) ?? null;
}

test("a quote is found over the items that it crosses, its full stop along", () => {
  const items = ["Le préavis ", "est d’un ", "mois. Il court", " dès l’envoi."];
  expect(place(items, "Le préavis est d’un mois. Il court dès l’envoi.", "est d’un mois.")).toEqual([
    "est d’un",
    "mois.",
  ]);
});

test("hyphens at line ends, ligatures, spaces and split accents don't matter", () => {
  const items = ["Une modi\uFB01ca-", "", "tion du  re\u0301gime", " est signi\u00ad\uFB01ée."];
  expect(place(items, "Une modification du régime est signifiée.", "modification du régime")).toEqual([
    "modi\uFB01ca",
    "tion du  re\u0301gime",
  ]);
});

test("of words that stand twice the ones meant are marked", () => {
  const items = ["Article 1. Un mois.", "Article 2. Un mois.", "Article 3."];
  const text = "Article 1. Un mois.\nArticle 2. Un mois.\nArticle 3.";
  const second = placeQuote(items, text, { start: text.lastIndexOf("Un"), end: text.lastIndexOf(".", 39) });
  expect(second?.map(({ item }) => item)).toEqual([1]);
  expect(place(items, text, "Un mois.")).toEqual(["Un mois."]);
});

test("a quote that the page draws in pieces is put together", () => {
  const items = [
    "The deposit equals two months of rent",
    "Page 3 of 9 — Lease agreement",
    "and is paid at signature.",
  ];
  const text =
    "The deposit equals two months of rent and is paid at signature.\nPage 3 of 9 — Lease agreement";
  expect(place(items, text, "The deposit equals two months of rent and is paid at signature.")).toEqual([
    items[0],
    items[2],
  ]);
});

test("what isn't drawn has no place", () => {
  expect(
    place(
      ["Another page altogether, of other words."],
      "The deposit equals two months.",
      "The deposit equals two months.",
    ),
  ).toBeNull();
  expect(place(["abc"], "— … —", "…")).toBeNull();
});
