import { expect, test } from "vitest";
import { matches } from "./matches.ts";

test("each word typed begins one of the name's, in any order, accents and capitals aside", () => {
  expect(matches("Thème : Sombre", "theme")).toBe(true);
  expect(matches("Add documents", "doc add")).toBe(true);
  expect(matches("Add documents", "")).toBe(true);
  expect(matches("Add documents", "cuments")).toBe(false);
  expect(matches("Add documents", "add x")).toBe(false);
});
