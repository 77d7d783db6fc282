import { expect, test } from "vitest";
import { createTurn, groupTurns } from "./turn.ts";

test("the same question asked again, and one put in another's place, are versions of one turn", () => {
  const first = createTurn("What is the notice period?");
  const again = createTurn("What is the notice period?");
  const edited = createTurn("What is the notice period for tenants?", again.id);
  const other = createTurn("And the deposit?");
  expect(groupTurns([first, again, edited, other])).toEqual([[first, again, edited], [other]]);
});

test("the same question after another one is asked anew", () => {
  const turns = ["A?", "B?", "A?"].map((question) => createTurn(question));
  expect(groupTurns(turns)).toHaveLength(3);
});
