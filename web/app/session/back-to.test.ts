import { expect, test } from "vitest";
import { backTo } from "./back-to.ts";

const origin = "https://app.ancre.test";
const asking = (redirectUrl: string) => ({
  origin,
  search: `?${new URLSearchParams({ redirect_url: redirectUrl })}`,
});

test("signing in leads back to the page that was asked for, never elsewhere", () => {
  expect(backTo(asking("/ask/a/c?document=d"))).toBe("/ask/a/c?document=d");
  expect(backTo(asking(`${origin}/plan`))).toBe("/plan");
  for (const elsewhere of [
    "https://evil.test/plan",
    "//evil.test/plan",
    "javascript:alert(1)",
    "/\\evil.test",
  ]) {
    expect(backTo(asking(elsewhere))).toBe("/");
  }
  expect(backTo({ origin, search: "" })).toBe("/");
});
