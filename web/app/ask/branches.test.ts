import { expect, test } from "vitest";
import { branchTurns, type Version } from "./branches.ts";
import { createTurn } from "./turn.ts";

const turn = (id: string, revises: string | null = null) => ({ ...createTurn(`${id}?`, revises), id });

/** Questions by their ids; what was left behind stands in brackets after the version it followed. */
function outline(questions: Version[][]): string {
  const written = ({ turn: { id }, after }: Version) => (after.length > 0 ? `${id}(${outline(after)})` : id);
  return questions.map((versions) => versions.map(written).join("|")).join(" ");
}

test("a question in another's place is a version of it, whichever version it names", () => {
  expect(outline(branchTurns([turn("a"), turn("b", "a"), turn("c", "b"), turn("d")]))).toBe("a|b|c d");
  expect(outline(branchTurns([turn("a"), turn("b", "a"), turn("c", "a")]))).toBe("a|b|c");
});

test("what followed a question that was revised is kept with the version it followed", () => {
  const turns = [turn("a"), turn("b"), turn("c"), turn("d", "b"), turn("e"), turn("f", "b"), turn("g", "a")];
  expect(outline(branchTurns(turns))).toBe("a(b(c)|d(e)|f)|g");
});

test("the same words asked again, or in the place of what isn't there, are a question of their own", () => {
  expect(outline(branchTurns([turn("a"), { ...turn("b"), question: "a?" }, turn("c", "x")]))).toBe("a b c");
});
