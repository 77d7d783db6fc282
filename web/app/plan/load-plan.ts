import { readJson } from "../api/client.ts";
import { ApiProblem } from "../api/problem.ts";
import type { Billing, Plan, UsageDay, UsageReport } from "../api/shapes.ts";

/** What the page stands on. Members see the usage without the billing, so a part may be missing with its reason. */
export type PlanData = {
  usage: UsageReport;
  plans: Plan[];
  billing: Billing | ApiProblem;
  history: UsageDay[] | ApiProblem;
};

/** Days of the history on show. */
export const HISTORY_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1_000;

/** Throws `ApiProblem` when even the usage can't be read. */
export async function loadPlan(): Promise<PlanData> {
  const [usage, plans, billing, history] = await Promise.all([
    readJson<UsageReport>("/usage"),
    readJson<{ data: Plan[] }>("/plans"),
    readJson<Billing>("/billing").catch(keepProblem),
    readJson<{ data: UsageDay[] }>(historyPath(new Date())).catch(keepProblem),
  ]);
  return {
    usage,
    plans: plans.data,
    billing,
    history: history instanceof ApiProblem ? history : history.data,
  };
}

/** The address of the last days' use, today's UTC day included. */
export function historyPath(now: Date): string {
  const from = new Date(now.getTime() - (HISTORY_DAYS - 1) * DAY_MS);
  return `/usage/history?from=${utcDay(from)}&to=${utcDay(now)}&granularity=day`;
}

function utcDay(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

function keepProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  throw error;
}
