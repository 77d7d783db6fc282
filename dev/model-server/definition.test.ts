import { expect, test } from "vitest";
import { defines } from "./definition.ts";
import { stem } from "./words.ts";

const TERM = new Set(["lien", "evitement"].map(stem));

test("a term before a colon or a defining verb, or named by one", () => {
  expect(defines("Lien d'évitement : lien interne qui saute une zone.", TERM, null)).toBe(true);
  expect(defines("Un lien d'évitement est un lien interne.", TERM, null)).toBe(true);
  expect(defines("On appelle lien d'évitement ce qui mène au contenu.", TERM, null)).toBe(true);
});

test("what follows a heading that is the term", () => {
  expect(defines("Il mène droit au contenu.", TERM, "Lien d’évitement")).toBe(true);
  expect(defines("Il mène droit au contenu.", TERM, "Comment tester la présence d'un lien d’évitement")).toBe(
    false,
  );
});

test("a sentence that only mentions the term defines nothing", () => {
  expect(
    defines("Chaque page doit avoir un premier lien visible, dit d'évitement, au clavier.", TERM, null),
  ).toBe(false);
});
