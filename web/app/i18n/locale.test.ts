import { expect, test } from "vitest";
import { preferredLocale, requestLocale } from "./locale.ts";

test("the heaviest language that Ancre speaks wins, whatever its region", () => {
  expect(preferredLocale("de, en;q=0.7, fr-CA;q=0.8")).toBe("fr");
  expect(preferredLocale("fr;q=0, de")).toBe("en");
  expect(preferredLocale("")).toBe("en");
});

test("a chosen language goes before the browser's", () => {
  const headers = { Cookie: "a=b; ancre_locale=fr", "Accept-Language": "en" };
  expect(requestLocale(new Request("http://ancre.test", { headers }))).toBe("fr");
});
