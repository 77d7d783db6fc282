import { expect, test } from "vitest";
import { relativeTime } from "./relative-time.ts";

const NOW = new Date("2026-11-24T12:00:00Z");

test("a moment is told in its largest unit", () => {
  expect(relativeTime("2026-11-24T10:00:00Z", NOW, "en")).toBe("2 hours ago");
  expect(relativeTime("2026-11-23T11:00:00Z", NOW, "fr")).toBe("hier");
  expect(relativeTime("2026-11-24T11:59:50Z", NOW, "en")).toBe("now");
  // A clock that is a little behind the server's.
  expect(relativeTime("2026-11-24T12:00:05Z", NOW, "en")).toBe("now");
});
