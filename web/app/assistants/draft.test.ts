import { expect, test } from "vitest";
import { changesOf, draftOf, inputOf, savedOf, suggestionOf, undo } from "./draft.ts";

const saved = { ...savedOf(null, ["b", "a"]), name: "Reader", suggested_questions: ["First?", "Second?"] };

test("a draft of what is saved has no changes, in whatever order its collections come", () => {
  expect(changesOf(draftOf(saved), saved)).toEqual({});
  expect(changesOf({ ...draftOf(saved), collection_ids: ["a", "b"] }, saved)).toEqual({});
});

test("blanks around a name and questions without words aren't changes", () => {
  const draft = draftOf(saved);
  const questions = [...draft.suggested_questions, suggestionOf("  ")];
  expect(changesOf({ ...draft, name: " Reader ", suggested_questions: questions }, saved)).toEqual({});
});

test("what differs is sent alone; the order of questions counts", () => {
  const draft = draftOf(saved);
  const questions = draft.suggested_questions.toReversed();
  expect(changesOf({ ...draft, temperature: 0.7, suggested_questions: questions }, saved)).toEqual({
    temperature: 0.7,
    suggested_questions: ["Second?", "First?"],
  });
});

test("an empty model is the installation's own", () => {
  expect(inputOf({ ...draftOf(saved), model: "  " }).model).toBe(null);
  expect(inputOf({ ...draftOf(saved), model: " gpt-4o " }).model).toBe("gpt-4o");
});

test("undoing one field leaves the others' changes", () => {
  const draft = { ...draftOf(saved), name: "Other", top_k: 3 };
  expect(changesOf(undo(draft, saved, "name"), saved)).toEqual({ top_k: 3 });
});
