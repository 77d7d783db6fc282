import { expect, test } from "vitest";
import { evaluateGuard } from "./evaluate.ts";
import { type MutationKind, mutate } from "./mutate.ts";
import { rewrite } from "./rewrite.ts";

const FRENCH =
  "Le musée de Dole est ouvert depuis le 3 mars 1998, il a coûté 1 250 euros et ne ferme pas avant 18 heures.";
const ENGLISH =
  "The museum in Dole is open since March 3, 1998, it cost 1,250 dollars and does not close in winter.";

function kinds(sentence: string, language: "fr" | "en"): Set<MutationKind> {
  return new Set(mutate(sentence, { language, names: ["Arbois", "Mouchard"] }).map(({ kind }) => kind));
}

test("every rule applies to a sentence that holds what it changes, in both languages", () => {
  const all = new Set(["digit", "date", "unit", "entity", "negation"]);
  expect(kinds(FRENCH, "fr")).toEqual(all);
  expect(kinds(ENGLISH, "en")).toEqual(all);
});

test("a rule that doesn't apply makes nothing, and no mutation leaves the sentence as it was", () => {
  expect(mutate("Une phrase courte.", { language: "fr", names: [] })).toEqual([]);
  for (const { text } of mutate(FRENCH, { language: "fr", names: ["Arbois"] })) expect(text).not.toBe(FRENCH);
});

test("the same sentence is mutated in the same way every time", () => {
  const options = { language: "en", names: ["Arbois", "Mouchard"] } as const;
  expect(mutate(ENGLISH, { ...options, names: [...options.names] })).toEqual(
    mutate(ENGLISH, { ...options, names: [...options.names] }),
  );
});

test("rewrites begin with the sentence itself", () => {
  expect(rewrite(FRENCH, "fr")[0]).toEqual({ kind: "verbatim", text: FRENCH });
  expect(rewrite(FRENCH, "fr").map(({ kind }) => kind)).toContain("dates");
});

test("the figures count what the guard lets through", () => {
  const passage = {
    document_id: "museum.md",
    version: 1,
    filename: "museum.md",
    heading_path: [],
    segments: [{ page: 1, kind: "section" as const, label: null, start: 0, end: FRENCH.length }],
    text: FRENCH,
  };
  const figures = evaluateGuard([
    { id: "1", language: "fr", sentence: FRENCH, passages: [passage], names: ["Arbois"] },
  ]);
  expect(figures.kinds.date.count).toBeGreaterThan(0);
  expect(figures.kinds.date.rate).toBe(1);
  expect(figures.falseAlarms).toMatchObject({ flagged: 0, rate: 0 });
});
