import { expect, test } from "vitest";
import { canRetry } from "./can-retry.ts";

test.each([
  ["failed", "upstream_unavailable", true],
  ["failed", "corrupt", false],
  ["ready", "upstream_unavailable", true],
  ["ready", "corrupt", false],
  ["ready", null, false],
  ["queued", null, false],
  ["processing", null, false],
] as const)(
  "a document that is %s with the reason %s: trying again may help is %s",
  (status, error_code, may) => {
    expect(canRetry({ status, error_code })).toBe(may);
  },
);
