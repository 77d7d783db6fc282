import { expect, test } from "vitest";
import { afterLook, arriveFrom, PATIENCE_MS } from "./checkout-return.ts";

test("the address tells how the payment page was left; a plan that has already changed needs no waiting", () => {
  expect(arriveFrom(null, "free")).toBe("none");
  expect(arriveFrom("surprise", "free")).toBe("none");
  expect(arriveFrom("canceled", "free")).toBe("canceled");
  expect(arriveFrom("done", "free")).toBe("waiting");
  expect(arriveFrom("done", "pro")).toBe("confirmed");
});

test("waiting ends with the plan, or honestly after twenty seconds; a failed look only costs its turn", () => {
  expect(afterLook("free", 1_000)).toBe("waiting");
  expect(afterLook(null, 5_000)).toBe("waiting");
  expect(afterLook("pro", 1_000)).toBe("confirmed");
  expect(afterLook("pro", PATIENCE_MS + 1)).toBe("confirmed");
  expect(afterLook("free", PATIENCE_MS)).toBe("late");
  expect(afterLook(null, PATIENCE_MS)).toBe("late");
});
