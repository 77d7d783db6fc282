import { expect, test } from "vitest";
import type { ApiKey } from "../../api/shapes.ts";
import { expiryDate } from "./expiry.ts";
import { endOf } from "./use-keys.ts";

const NOW = new Date("2026-11-24T12:00:00.000Z");
const KEY: ApiKey = {
  id: "1",
  name: "Website",
  prefix: "anc_a",
  scopes: ["chat"],
  assistant_ids: null,
  created_by: "user_1",
  created_at: "2026-11-01T00:00:00.000Z",
  expires_at: null,
  last_used_at: null,
  revoked_at: null,
};

test("a key holds until its last moment, and a revocation says more than an expiry", () => {
  expect(endOf(KEY, NOW)).toBe(null);
  expect(endOf({ ...KEY, expires_at: "2026-11-24T12:00:00.001Z" }, NOW)).toBe(null);
  const expired = { ...KEY, expires_at: "2026-11-24T12:00:00.000Z" };
  expect(endOf(expired, NOW)).toEqual({ how: "expired", at: expired.expires_at });
  const revoked = { ...expired, revoked_at: "2026-11-02T00:00:00.000Z" };
  expect(endOf(revoked, NOW)).toEqual({ how: "revoked", at: revoked.revoked_at });
});

test("a key made for 30 days ends 30 days later, one for good never", () => {
  expect(expiryDate("month", NOW)).toBe("2026-12-24T12:00:00.000Z");
  expect(expiryDate("never", NOW)).toBe(null);
});
