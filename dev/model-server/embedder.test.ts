import { expect, test } from "vitest";
import { embed } from "./embedder.ts";

function cosine(a: string, b: string): number {
  const [left, right] = [embed(a, 1536), embed(b, 1536)];
  return left.reduce((sum, value, i) => sum + value * (right[i] ?? 0), 0);
}

test("vectors have the length asked for and a norm of one, whatever the text", () => {
  for (const text of ["Un texte ordinaire.", "le la les", "???", " ", "東京タワー", "a".repeat(5000)]) {
    for (const dimensions of [64, 1536, 4096]) {
      const vector = embed(text, dimensions);
      expect(vector).toHaveLength(dimensions);
      expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
    }
  }
});

test("the same text gives the same vector, and accents and case don't change it", () => {
  expect(embed("Été à Évian", 256)).toEqual(embed("Été à Évian", 256));
  expect(embed("ÉTÉ À ÉVIAN", 256)).toEqual(embed("ete a evian", 256));
  expect(embed("œuvre", 256)).toEqual(embed("oeuvre", 256));
});

test("a question is nearer to its passage than to another", () => {
  const passage = "Le délai de rétractation est de quatorze jours à compter de la livraison du produit.";
  const other = "Les bureaux de la mairie ferment à midi le samedi, sauf en juillet.";
  const question = "Quel est le délai pour se rétracter ?";
  expect(cosine(question, passage)).toBeGreaterThan(cosine(question, other) + 0.1);
});

test("inflected and misspelt words still meet", () => {
  expect(cosine("contrats", "contrat")).toBeGreaterThan(0.6);
  expect(cosine("accessibilite", "accesibilité")).toBeGreaterThan(0.3);
  expect(cosine("voiture", "montagne")).toBeLessThan(0.1);
});

test("stop words alone don't make two texts alike", () => {
  expect(cosine("Le chat est dans la maison", "Le prix est dans la liste")).toBeLessThan(0.1);
});

test("a question is nearer to its passage in the other language than to another passage", () => {
  const question = "How many weeks of paid leave does an employee have?";
  const passage = "Tout salarié a droit à cinq semaines de congés payés par année de travail.";
  const other = "La piscine municipale ferme ses portes le dimanche soir.";
  expect(cosine(question, passage)).toBeGreaterThan(cosine(question, other) + 0.1);
});
