import { readJson } from "../api/client.ts";
import { ApiProblem } from "../api/problem.ts";
import type { Billing, Plan, UsageDay, UsageReport } from "../api/shapes.ts";
import { loadWords } from "../i18n/load-words.ts";
import { fillDays, lastDays } from "./history-days.ts";

/** What the page stands on. Members see the usage without the billing, so a part may be missing with its reason. */
export type PlanData = {
  usage: UsageReport;
  plans: Plan[];
  billing: Billing | ApiProblem;
  /** Every day of the last ones, the newest last. */
  history: UsageDay[] | ApiProblem;
};

/** Days of the history on show. */
export const HISTORY_DAYS = 90;

/** Throws `ApiProblem` when even the usage can't be read. */
export async function loadPlan(): Promise<PlanData> {
  const now = new Date();
  const [usage, plans, billing, history] = await Promise.all([
    readJson<UsageReport>("/usage"),
    readJson<{ data: Plan[] }>("/plans"),
    readJson<Billing>("/billing").catch(keepProblem),
    readJson<{ data: UsageDay[] }>(historyPath(now)).catch(keepProblem),
    loadWords("plan"),
  ]);
  return {
    usage,
    plans: plans.data,
    billing,
    history: history instanceof ApiProblem ? history : fillDays(history.data, now, HISTORY_DAYS),
  };
}

/** The address of the last days' use, today's UTC day included. */
export function historyPath(now: Date): string {
  const days = lastDays(now, HISTORY_DAYS);
  return `/usage/history?from=${days[0]}&to=${days.at(-1)}&granularity=day`;
}

function keepProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  throw error;
}
