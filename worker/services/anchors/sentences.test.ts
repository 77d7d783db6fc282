import { expect, test } from "vitest";
import { sentences } from "./sentences.ts";

function cut(text: string): string[] {
  return sentences(text).map(({ start, end }) => text.slice(start, end));
}

test("abbreviations, initials and decimals don't end a sentence", () => {
  expect(cut("Voir l’art. 5 du code. M. Dupont et J. Martin paient 3.50 €. Fin.")).toEqual([
    "Voir l’art. 5 du code.",
    "M. Dupont et J. Martin paient 3.50 €.",
    "Fin.",
  ]);
});

test("a line end ends a sentence, full stop or not", () => {
  expect(cut("Total | 12\nSubtotal | 3\n\nDone")).toEqual(["Total | 12", "Subtotal | 3", "Done"]);
});

test("white space around a sentence is not part of it", () => {
  expect(cut("  One.   Two!  ")).toEqual(["One.", "Two!"]);
});

test("the number of a list item belongs to what follows", () => {
  expect(cut("1. Les congés se posent. Ils sont payés.\n2) Le reste")).toEqual([
    "1. Les congés se posent.",
    "Ils sont payés.",
    "2) Le reste",
  ]);
});
