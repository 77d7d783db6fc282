import { expect, test } from "vitest";
import { quantitiesOf } from "./quantities.ts";

const en = quantitiesOf("en");
const fr = quantitiesOf("fr");

test("bytes are read in powers of 1024, as the plans count them", () => {
  expect(en.bytes(0)).toBe("0\u00a0B");
  expect(en.bytes(1_023)).toBe("1,020\u00a0B");
  expect(en.bytes(50 * 1024 ** 2)).toBe("50\u00a0MiB");
  expect(fr.bytes(1.5 * 1024 ** 3)).toBe("1,5\u00a0Gio");
});

test("a share is never rounded up to the whole, nor down to nothing", () => {
  expect(en.percent(0)).toBe("0%");
  expect(en.percent(0.000_1)).toBe("<1%");
  expect(en.percent(0.999_9)).toBe("99%");
  expect(en.percent(1)).toBe("100%");
  expect(fr.percent(0.87)).toMatch(/^87\s%$/);
});

test("small amounts of money keep their first figures", () => {
  expect(en.money(49, "EUR")).toBe("€49");
  expect(en.money(1.5, "USD")).toBe("$1.50");
  expect(en.money(0.000_012_96, "USD")).toBe("$0.000013");
  expect(en.money(0, "USD")).toBe("$0");
});

test("French counts the first of a month", () => {
  expect(fr.date("2026-12-01T12:00:00Z")).toBe("1er décembre 2026");
  expect(fr.date("2026-12-11T12:00:00Z")).toBe("11 décembre 2026");
  expect(fr.shortDate("2026-12-01T12:00:00Z")).toBe("1er déc. 2026");
  expect(fr.moment("2026-12-01T12:00:00Z")).toMatch(/^1er déc\. 2026/);
});
