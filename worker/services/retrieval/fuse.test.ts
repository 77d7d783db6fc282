import { expect, test } from "vitest";
import { fuse, LEG_WEIGHTS, type LegWeights } from "./fuse.ts";

const ids = (...names: string[]) => names.map((id) => ({ id }));
const known =
  (coverage: number, weights: LegWeights = LEG_WEIGHTS.same) =>
  () => ({ weights, coverage });

test("first in both legs with the whole question scores 1, and nothing scores more", () => {
  const [best] = fuse(ids("a", "b"), ids("a", "c"), known(1));
  expect(best).toEqual({ id: "a", score: 1, lexical_rank: 1, dense_rank: 1 });
});

test("agreement of both legs beats a single first place", () => {
  expect(fuse(ids("x", "both"), ids("y", "both"), known(0))[0]?.id).toBe("both");
});

test("one empty leg leaves the other's order", () => {
  expect(fuse(ids("a", "b", "c"), [], known(0)).map(({ id }) => id)).toEqual(["a", "b", "c"]);
  expect(fuse([], ids("c", "b"), known(0)).map(({ id }) => id)).toEqual(["c", "b"]);
});

test("in another language than the question's, the dense leg leads", () => {
  const fused = fuse(ids("a"), ids("b"), known(0, LEG_WEIGHTS.other));
  expect(fused.map(({ id }) => id)).toEqual(["b", "a"]);
});

test("of two places next to each other, the one that holds more of the question leads", () => {
  const standing = (id: string) => ({ weights: LEG_WEIGHTS.same, coverage: id === "whole" ? 1 : 0.5 });
  expect(fuse(ids("part", "whole"), [], standing).map(({ id }) => id)).toEqual(["whole", "part"]);
});
