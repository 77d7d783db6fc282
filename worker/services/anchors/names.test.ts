import { expect, test } from "vitest";
import { doubtOf } from "./test-passage.ts";

test.each([
  ["Pasteur est né à Dole en 1822.", "Louis Pasteur était chimiste. Il est né à Dole en 1822."],
  ["Marie Curie received the prize in 1903.", "Curie received the prize in 1903. Marie was her first name."],
  ["Berlin est la capitale de l’Allemagne.", "La capitale de l’Allemagne est Berlin."],
  ["The German company was founded in Munich.", "The company was founded in Munich, Germany."],
  [
    "La CNIL contrôle les fichiers.",
    "La Commission nationale de l’informatique et des libertés contrôle les fichiers.",
  ],
  ["Toutefois, le bail est renouvelé.", "Le bail est renouvelé."],
  ["Employees must sign the register.", "Workers must sign the register."],
  ["The Register must be signed by Employees.", "The register must be signed by employees."],
])("“%s” names whom “%s” names", (sentence, passage) => {
  expect(doubtOf(sentence, passage)).toBe(null);
});

test.each([
  ["Lyon est la capitale de la France.", "Paris est la capitale de la France."],
  ["Le siège de la société est à Lyon.", "Le siège de la société est à Paris."],
  ["London is the capital of Germany.", "Berlin is the capital of Germany."],
  ["Pierre Dupont dirige le service juridique.", "Marie Dupont dirige le service juridique."],
  ["Le service est dirigé par Jean Martin.", "Le service est dirigé par Jeanne Martin."],
  ["He worked in Australia for some time.", "He worked in Austria for some time."],
  ["Louis XV régna longtemps sur la France.", "Louis XIV régna longtemps sur la France."],
  // The other name stands elsewhere in the passage.
  ["Le siège de la société est à Lyon.", "Le siège de la société est à Paris. Son usine est à Lyon."],
  ["The match was won by Smith in June.", "Smith played Jones twice. The match was won by Jones in June."],
])("“%s” names another than “%s”", (sentence, passage) => {
  expect(doubtOf(sentence, passage)).toBe("name_differs");
});

test("a heading and the file's name may name what the passage doesn't", () => {
  const passage = "Le siège est situé rue Haute, au centre.";
  expect(doubtOf("Le siège d’Ancelot est situé rue Haute.", passage)).toBe("name_differs");
  expect(doubtOf("Le siège d’Ancelot est situé rue Haute.", passage, { heading_path: ["Ancelot SA"] })).toBe(
    null,
  );
  expect(doubtOf("Le siège d’Ancelot est situé rue Haute.", passage, { filename: "ancelot-2024.pdf" })).toBe(
    null,
  );
});

test("capitals of a language where every noun has one are no names", () => {
  expect(
    doubtOf("Die Kündigung ist schriftlich zu Erklären.", "Die Kündigung ist schriftlich zu erklären."),
  ).toBe(null);
});
