import { type SQL, sql } from "drizzle-orm";
import { postgresCode } from "../../db/client.ts";
import { AppError, notFound, type QuotaFacts } from "../../errors.ts";
import { monthEnd, monthOf } from "./period.ts";
import { METRIC_PERIOD, type Metric, nextPlan, PLANS, type PlanName } from "./plans.ts";

type Reservation = {
  metric: Metric;
  /** The thing counted, itself SQL where only Postgres knows it: it counts once, however often this is asked. */
  id: string | SQL;
  amount: number | SQL;
  /** Seconds after which the sweep gives it back unless it was settled; without, it is held until released. */
  heldSeconds?: number;
};

/** Each plan's limit of a metric, as `reserve_usage` takes them: Postgres knows which plan holds. */
export function capsOf(metric: Metric): SQL {
  const caps = { free: PLANS.free.limits[metric], pro: PLANS.pro.limits[metric] };
  return sql`${JSON.stringify(caps)}::jsonb`;
}

/**
 * SQL that counts `amount` or, past the plan's limit, undoes the transaction it stands in. Put it in the select list
 * of whatever must exist for the reservation to count: no row, no reservation.
 */
export function reserveUsage({ metric, id, amount, heldSeconds }: Reservation): SQL<number> {
  const expiry = heldSeconds ? sql`now() + make_interval(secs => ${heldSeconds})` : sql`null`;
  return sql<number>`reserve_usage(
    ${id}::uuid, ${currentPeriod(metric)}, ${metric}, ${amount}::bigint, ${capsOf(metric)}, ${expiry}
  )`.mapWith(Number);
}

/** SQL that makes a reservation final; true the first time alone. */
export function settleUsage(metric: Metric, id: string | SQL): SQL<boolean> {
  return sql<boolean>`settle_usage(${id}::uuid, ${metric})`;
}

/** SQL that gives a held reservation back; true the first time alone. */
export function releaseUsage(metric: Metric, id: string | SQL): SQL<boolean> {
  return sql<boolean>`release_usage(${id}::uuid, ${metric})`;
}

/** The reservation of the pages of a stored file: when it is read again they are counted already. */
export function pagesReservation({ storage_key }: { storage_key: string | SQL }): SQL {
  return sql`md5('pages:' || ${storage_key}::text)::uuid`;
}

/** The reservation of a stored file's bytes. */
export function bytesReservation({ storage_key }: { storage_key: string | SQL }): SQL {
  return sql`md5('bytes:' || ${storage_key}::text)::uuid`;
}

function currentPeriod(metric: Metric): string {
  return METRIC_PERIOD[metric] === "month" ? monthOf(new Date()) : "total";
}

/** What a limit said that undid a transaction; null when it failed for another reason. */
export function exceededQuota(error: unknown): QuotaFacts | null {
  const found = postgresCode(error);
  if (found?.code !== "ANC01") return null;
  const said = JSON.parse(found.detail) as Exceeded;
  return quotaFacts(said, new Date());
}

type Exceeded = { metric: Metric; used: number; requested: number; limit: number; plan: PlanName };

/** A reached limit as the caller is told of it. */
export function quotaFacts({ metric, plan, ...figures }: Exceeded, now: Date): QuotaFacts {
  const larger = nextPlan(plan);
  return {
    metric,
    plan,
    ...figures,
    resets_at: METRIC_PERIOD[metric] === "month" ? monthEnd(now).toISOString() : null,
    upgrade: larger && {
      plan: larger,
      limit: PLANS[larger].limits[metric],
      url: "/api/v1/billing/checkout",
    },
  };
}

/** Turns a transaction undone by a limit, or by the tenant's end, into an error that says so; passes others on. */
export function quotaError(error: unknown): unknown {
  if (postgresCode(error)?.code === "ANC03") return notFound("tenant");
  const quota = exceededQuota(error);
  return quota ? new AppError("quota_exceeded", quotaSentence(quota), { cause: error, quota }) : error;
}

/** The sentence for a reached limit: which, how much of it is used, when it resets, how to have more. */
export function quotaSentence(quota: QuotaFacts): string {
  const name = quota.metric.replace("_", " ");
  const upgrade = quota.upgrade
    ? ` ${capital(quota.upgrade.plan)} allows ${count(quota.upgrade.limit)}: POST ${quota.upgrade.url}.`
    : "";
  const relief = quota.resets_at ? `It starts again at ${quota.resets_at}.` : "Deleting some makes room.";
  return (
    `The ${capital(quota.plan)} plan allows ${count(quota.limit)} ${name}; ${count(quota.used)} are used ` +
    `and this needs ${count(quota.requested)} more. ${relief}${upgrade}`
  );
}

function count(amount: number): string {
  return new Intl.NumberFormat("en").format(amount);
}

function capital(plan: string): string {
  return plan.charAt(0).toUpperCase() + plan.slice(1);
}
