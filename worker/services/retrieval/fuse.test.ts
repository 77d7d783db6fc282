import { expect, test } from "vitest";
import { fuse } from "./fuse.ts";

const ids = (...names: string[]) => names.map((id) => ({ id }));

test("first in both legs scores 1, and nothing scores more", () => {
  const [best] = fuse(ids("a", "b"), ids("a", "c"));
  expect(best).toEqual({ id: "a", score: 1, lexical_rank: 1, dense_rank: 1 });
});

test("agreement of both legs beats a single first place", () => {
  expect(fuse(ids("x", "both"), ids("y", "both")).map(({ id }) => id)[0]).toBe("both");
});

test("one empty leg leaves the other's order", () => {
  expect(fuse(ids("a", "b", "c"), []).map(({ id }) => id)).toEqual(["a", "b", "c"]);
  expect(fuse([], ids("c", "b")).map(({ id }) => id)).toEqual(["c", "b"]);
});
