import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import type { Database } from "../../db/client.ts";
import { type DeletionFigures, deletionReceipts } from "../../db/schema/deletions.ts";
import type { Receipt } from "../../services/deletions/deletion.ts";
import { LEASE_SECONDS } from "../lease.ts";
import type { Hold } from "./rows.ts";

/** Claims a deletion that is its own job. Null: it is complete, or another consumer is at it. */
export async function claimDeletion(ctx: TenantContext, id: string): Promise<Receipt | null> {
  const lease = sql`now() + make_interval(secs => ${LEASE_SECONDS})`;
  const unclaimed = or(
    isNull(deletionReceipts.claimed_until),
    lt(deletionReceipts.claimed_until, sql`now()`),
  );
  const [[receipt]] = await ctx.db.transaction((q) => [
    q
      .update(deletionReceipts)
      .set({ claimed_until: lease, due_at: lease })
      .where(
        and(
          eq(deletionReceipts.id, id),
          isNull(deletionReceipts.completed_at),
          sql`${deletionReceipts.due_at} is not null`,
          unclaimed,
        ),
      )
      .returning(),
  ]);
  return receipt ?? null;
}

/** Lets the next message have it; the sweep sends one after `waitSeconds` if nobody does before. */
export async function releaseDeletion(ctx: TenantContext, id: string, waitSeconds: number): Promise<void> {
  await ctx.db.transaction((q) => [
    q
      .update(deletionReceipts)
      .set({ claimed_until: null, due_at: sql`now() + make_interval(secs => ${waitSeconds})` })
      .where(and(eq(deletionReceipts.id, id), isNull(deletionReceipts.completed_at))),
  ]);
}

/** Begins every write of a deletion that is its own job; undoes the write when it is complete by now. */
export function holdDeletion(id: string): Hold {
  return (q) => q.execute(sql`select hold_deletion(${id}, ${LEASE_SECONDS}::int)`);
}

/** The statement that keeps what was counted, unless that was done before: it is counted once, before the first removal. */
export function keepExpected(
  q: Database,
  id: string,
  counted: { figures: DeletionFigures; chunk_counts?: Record<string, number> },
) {
  return q
    .update(deletionReceipts)
    .set(counted)
    .where(and(eq(deletionReceipts.id, id), isNull(deletionReceipts.figures)));
}

/** The statement that keeps what reading back found. */
export function keepFound(q: Database, id: string, figures: DeletionFigures) {
  return q.update(deletionReceipts).set({ figures }).where(eq(deletionReceipts.id, id));
}

/** The statement that completes a receipt: nothing is left, and nobody can add to it any more. */
export function complete(q: Database, id: string, figures: DeletionFigures) {
  return q
    .update(deletionReceipts)
    .set({ figures, completed_at: sql`now()`, claimed_until: null, due_at: null, chunk_counts: null })
    .where(eq(deletionReceipts.id, id));
}

/** Seconds between two looks at what isn't gone yet: half as long as it has taken so far, between these. */
const SHORTEST_WAIT_SECONDS = 5;
const LONGEST_WAIT_SECONDS = 3_600;

/**
 * Seconds until reading back again is worth it: ever longer while something is still shown, and when nothing is, until
 * the last moment at which something may still arrive.
 */
export function nextLook(receipt: Receipt, remaining: number, now = new Date()): number {
  const elapsed = (now.getTime() - receipt.requested_at.getTime()) / 1_000;
  const writesEnd = Math.ceil((receipt.writes_until.getTime() - now.getTime()) / 1_000);
  const growing = Math.min(LONGEST_WAIT_SECONDS, Math.max(SHORTEST_WAIT_SECONDS, Math.ceil(elapsed / 2)));
  return remaining > 0 ? growing : Math.max(1, writesEnd);
}

/** Whether somebody who began before the deletion may still write. */
export function mayStillArrive({ writes_until }: Receipt, now = new Date()): boolean {
  return writes_until > now;
}

/** Thrown when not everything is gone yet: to be looked at again, however often that takes. */
export class StillThere extends Error {
  override readonly name = "StillThere";
  readonly retryAfterSeconds: number;
  constructor(remaining: number, retryAfterSeconds: number) {
    super(`${remaining} things of a deletion are still shown; next look in ${retryAfterSeconds} s`);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
