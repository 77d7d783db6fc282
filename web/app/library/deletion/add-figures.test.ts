import { expect, test } from "vitest";
import type { Deletion } from "../../api/shapes.ts";
import { addFigures } from "./add-figures.ts";

const figure = (expected: number, remaining: number) => ({
  expected,
  purged: expected - remaining,
  remaining,
});

function receipt(figures: Deletion["figures"]): Deletion {
  return {
    id: "r",
    subject: "document",
    subject_id: "d",
    parent_id: null,
    state: "purging",
    figures,
    requested_at: "",
    completed_at: null,
  };
}

test("several receipts are added up as far as they are counted", () => {
  const counted = receipt({
    vectors: figure(4, 1),
    objects: figure(1, 0),
    rows: { ...figure(9, 2), by_table: {} },
  });
  expect(addFigures([counted, receipt(null), counted])).toEqual({
    vectors: figure(8, 2),
    objects: figure(2, 0),
    rows: figure(18, 4),
  });
  expect(addFigures([receipt(null)])).toBeNull();
});
