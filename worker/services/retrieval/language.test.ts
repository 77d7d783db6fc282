import { expect, test } from "vitest";
import { detectQuestionLanguage } from "./language.ts";

test("a short question's language is told in spite of the names in it", () => {
  for (const question of [
    "Qui est Walter Rodney ?",
    "Qui a remporté le Super Bowl XLIX ?",
    "Qu’a chanté Lady Gaga ?",
    "Où naquit Edward Baker ?",
    "Congés payés ?",
  ]) {
    expect(detectQuestionLanguage(question), question).toBe("fr");
  }
  for (const question of [
    "Which famous Indian practiced civil disobedience?",
    "Where was Jeanne d'Arc born?",
    "Who is François Mitterrand?",
    "Paid leave?",
  ]) {
    expect(detectQuestionLanguage(question), question).toBe("en");
  }
});

test("a name alone tells no language", () => {
  expect(detectQuestionLanguage("RTT")).toBeNull();
});
