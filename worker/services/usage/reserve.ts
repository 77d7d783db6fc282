import { type SQL, sql } from "drizzle-orm";
import { postgresCode } from "../../db/client.ts";
import { AppError } from "../../errors.ts";
import type { Metric } from "./plans.ts";

type Reservation = { period: string; metric: Metric };

/**
 * SQL that counts `amount` or, past `limit`, undoes the transaction it stands in (migration 0002). Put it in the
 * select list of whatever must exist for the reservation to count: no row, no reservation.
 */
export function reserveUsage(reservation: Reservation & { amount: number; limit: number }): SQL<number> {
  const { period, metric, amount, limit } = reservation;
  return sql<number>`reserve_usage(${period}, ${metric}, ${amount}::bigint, ${limit}::bigint)`.mapWith(
    Number,
  );
}

/** SQL that gives `amount`, itself SQL, back. */
export function releaseUsage({ period, metric, amount }: Reservation & { amount: SQL }): SQL<unknown> {
  return sql`release_usage(${period}, ${metric}, (${amount})::bigint)`;
}

/** The metric whose limit undid a transaction; null when it failed for another reason. */
export function exceededMetric(error: unknown): Metric | null {
  const found = postgresCode(error);
  return found?.code === "ANC01" ? (found.detail as Metric) : null;
}

/** Turns a transaction undone by a limit into an error that names it; passes anything else on. */
export function quotaError(error: unknown): unknown {
  const metric = exceededMetric(error);
  if (!metric) return error;
  return new AppError("quota_exceeded", `Your plan's limit of ${metric.replace("_", " ")} is reached.`, {
    cause: error,
  });
}
