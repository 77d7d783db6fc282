import { expect, test } from "vitest";
import { atThisSpeed } from "../../test/machine-speed.ts";
import { joinHyphenatedLines } from "./hyphenation.ts";

test("words that go on over several lines are joined by the last letters alone", () => {
  expect(joinHyphenatedLines(["un anti-", "consti-", "tutionnel", "fin"])).toEqual([
    "un anti-consti-tutionnel",
    "fin",
  ]);
  expect(joinHyphenatedLines(["peut-", "être", "Saint-", "Denis"])).toEqual(["peut-être", "Saint-Denis"]);
});

test("one word over every line of a text takes linear time", { timeout: atThisSpeed(5_000) }, () => {
  const lines = Array.from({ length: 100_000 }, () => "abcde-");
  const [joined = "", ...others] = joinHyphenatedLines(lines);
  expect(others).toEqual([]);
  expect(joined.length).toBeGreaterThan(500_000);
});
