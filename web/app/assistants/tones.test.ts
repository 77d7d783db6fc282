import { expect, test } from "vitest";
import { hasLine, toggleLine } from "./tones.ts";

const LINE = "Keep it short.";

test("a tone's line is put at the end and taken out again, and nothing else changes", () => {
  const prompt = "You speak for a landlord.\n\nBe kind.";
  const toned = toggleLine(prompt, LINE);
  expect(toned).toBe(`${prompt}\n${LINE}`);
  expect(hasLine(toned, LINE)).toBe(true);
  expect(toggleLine(toned, LINE)).toBe(prompt);
});

test("in empty instructions it stands alone", () => {
  expect(toggleLine("  ", LINE)).toBe(LINE);
  expect(toggleLine(LINE, LINE)).toBe("");
});

test("a line that only holds the words is another", () => {
  expect(hasLine(`Never say “${LINE}”`, LINE)).toBe(false);
});
