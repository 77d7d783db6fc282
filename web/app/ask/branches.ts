import type { Turn } from "./turn.ts";

/** One wording of a question with its answer, and what was said after it before another took its place. */
export type Version = { turn: Turn; after: Version[][] };

/**
 * A conversation by its questions, each with all its versions, the newest last: a turn that revises an earlier one
 * takes that one's place and leaves behind what followed it.
 */
export function branchTurns(turns: Turn[]): Version[][] {
  const questions: Version[][] = [];
  for (const turn of turns) {
    const at = questions.findIndex((versions) => versions.some(({ turn: { id } }) => id === turn.revises));
    const revised = questions[at];
    const before = revised?.at(-1);
    if (before) before.after = questions.splice(at + 1);
    const version: Version = { turn, after: [] };
    if (revised) revised.push(version);
    else questions.push([version]);
  }
  return questions;
}
