import { expect, test } from "vitest";
import type { QuotaFacts } from "../api/problem.ts";
import { createI18n } from "../i18n/create-i18n.ts";
import type { Locale } from "../i18n/locale.ts";
import { quantitiesOf } from "../i18n/quantities.ts";
import { quotaWords } from "./quota-words.ts";

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
async function words(locale: Locale, facts: QuotaFacts): Promise<string | undefined> {
  const i18n = await createI18n(locale);
  return quotaWords(facts, i18n.getFixedT(locale, "usage"), quantitiesOf(locale))?.replaceAll(/\s/g, " ");
}

test("a reached limit is told with its use, its reset and what Pro allows", async () => {
  expect(await words("en", QUESTIONS)).toBe(
    "Questions: your Free plan allows 2,000 a month. Used so far: 2,000; this takes 1 more. " +
      "The count starts again on December 1, 2026. Pro allows 100,000.",
  );
  expect(await words("fr", QUESTIONS)).toBe(
    "Questions : votre offre Gratuite en permet 2 000 par mois. Déjà utilisé : 2 000 ; il en faudrait 1 de plus. " +
      "Le compte repart à zéro le 1er décembre 2026. L’offre Pro permet 100 000.",
  );
});

test("what is held says how to make room, in readable bytes, and sells nothing above Pro", async () => {
  const gib = 1024 ** 3;
  const storage = {
    metric: "storage_bytes",
    plan: "pro",
    used: 99 * gib,
    requested: 2 * gib,
    limit: 100 * gib,
  };
  expect(await words("en", { ...storage, resets_at: null, upgrade: null })).toBe(
    "Storage: your Pro plan allows 100 GiB. Used so far: 99 GiB; this takes 2 GiB more. " +
      "Deleting documents makes room.",
  );
});

test("a limit that the dashboard doesn't know is left to the API's words", async () => {
  expect(await words("en", { ...QUESTIONS, metric: "seats" })).toBeUndefined();
});
