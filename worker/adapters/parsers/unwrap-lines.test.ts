import { expect, test } from "vitest";
import { atThisSpeed } from "../../test/machine-speed.ts";
import { unwrapLines } from "./unwrap-lines.ts";

test("white space at line ends and inside lines is looked at once", { timeout: atThisSpeed(5_000) }, () => {
  const line = "une ligne assez longue pour que la suivante la continue";
  expect(unwrapLines(`${line}\n${line}${" ".repeat(300_000)}\nfin`)).toBe(`${line} ${line} fin`);
  expect(unwrapLines(`${line}\n    ${line}`)).toBe(`${line}\n${line}`);
});
