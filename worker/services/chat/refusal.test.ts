import { expect, test } from "vitest";
import { createRefusalGate } from "./refusal.ts";

function run(deltas: string[]): { shown: string; refused: boolean } {
  const gate = createRefusalGate();
  const shown = deltas.map((delta) => gate.push(delta)).join("") + gate.rest();
  return { shown, refused: gate.refused() };
}

test.each([
  [["NO_ANSWER"]],
  [["NO", "_ANS", "WER"]],
  [["**NO_ANSWER**"]],
  [[' "No_answer".']],
  [["\nNO_ANSWER\n"]],
])("%j is a refusal, and none of it is shown", (deltas) => {
  expect(run(deltas)).toEqual({ shown: "", refused: true });
});

test.each([[["No", ", it is forbidden."]], [["NO"]], [["The code NO_ANSWER means…"]], [["« Non »"]]])(
  "%j is an answer, shown whole",
  (deltas) => {
    expect(run(deltas)).toEqual({ shown: deltas.join(""), refused: false });
  },
);
