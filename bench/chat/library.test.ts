import { expect, test } from "vitest";
import { answerTo, ask, cutInto, manual, numberIn, rephrase, SUBJECTS } from "./library.ts";

test("a question is known by its number, also as the last of a prompt and when it was put otherwise", () => {
  expect(numberIn(ask(7, "first").text)).toBe(7);
  expect(numberIn(`${ask(7, "first").text}\n${ask(207, "follow-up").text}`)).toBe(207);
  expect(numberIn(rephrase(207))).toBe(207);
  expect(numberIn(manual())).toBeNull();
});

test("every sentence of an answer stands in the manual, whichever question of its subject was asked", () => {
  const text = manual();
  for (const number of [0, 57, SUBJECTS - 1]) {
    expect(answerTo(number + 3 * SUBJECTS)).toBe(answerTo(number));
    for (const sentence of answerTo(number).split(" [1].").filter(Boolean)) {
      expect(text).toContain(`${sentence.trim()}.`);
    }
  }
});

test("a text is cut into as many pieces as asked for, and nothing is lost", () => {
  const pieces = cutInto(answerTo(3), 60);
  expect(pieces).toHaveLength(60);
  expect(pieces.every((piece) => piece.length > 0)).toBe(true);
  expect(pieces.join("")).toBe(answerTo(3));
});
