import { expect, test } from "vitest";
import type { QuotaFacts } from "../api/problem.ts";
import { planEn } from "./plan-en.ts";
import { planFr } from "./plan-fr.ts";

const QUESTIONS: QuotaFacts = {
  metric: "questions",
  plan: "free",
  used: 2_000,
  requested: 1,
  limit: 2_000,
  resets_at: "2026-12-01T12:00:00.000Z",
  upgrade: { plan: "pro", limit: 100_000, url: "/api/v1/billing/checkout" },
};

/** French separates thousands, and some signs from their words, by spaces of several kinds. */
const plain = (text: string | null) => text?.replaceAll(/\s/g, " ");

test("a reached limit is told with its use, its reset and what Pro allows", () => {
  expect(planEn.quota(QUESTIONS)).toBe(
    "Questions: your Free plan allows 2,000 a month. Used so far: 2,000; this takes 1 more. " +
      "The count starts again on December 1, 2026. Pro allows 100,000.",
  );
  expect(plain(planFr.quota(QUESTIONS))).toBe(
    "Questions : votre offre Gratuite en permet 2 000 par mois. Déjà utilisé : 2 000 ; il en faudrait 1 de plus. " +
      "Le compte repart à zéro le 1er décembre 2026. L’offre Pro permet 100 000.",
  );
});

test("what is held says how to make room, in readable bytes, and sells nothing above Pro", () => {
  const gib = 1024 ** 3;
  const storage = {
    metric: "storage_bytes",
    plan: "pro",
    used: 99 * gib,
    requested: 2 * gib,
    limit: 100 * gib,
  };
  expect(plain(planEn.quota({ ...storage, resets_at: null, upgrade: null }))).toBe(
    "Storage: your Pro plan allows 100 GiB. Used so far: 99 GiB; this takes 2 GiB more. " +
      "Deleting documents makes room.",
  );
});

test("a limit that the dashboard doesn't know is left to the API's words", () => {
  expect(planEn.quota({ ...QUESTIONS, metric: "seats" })).toBeNull();
});
