import { and, asc, eq, inArray, lt, or, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { importEntries } from "../../db/schema/imports.ts";
import { RETRYING } from "../../services/imports/entry.ts";
import { importReason, isBarred, isFleeting, isOfAll } from "../../services/imports/failure.ts";
import type { ImportRow } from "../../services/imports/import.ts";
import { groupEntries } from "./group-entries.ts";
import { holdImport } from "./lease.ts";
import type { EntryRow } from "./open-entry.ts";
import { type SiteRules, siteRules } from "./site-rules.ts";
import { type Taken, takeEntry } from "./take-entry.ts";

/** Entries taken in for one message, and milliseconds after which no further one is begun. */
const ENTRIES_PER_SLICE = 25;
const SLICE_MS = 30_000;
/** Times an entry is begun: one that ends its Worker each time must not end the import. */
const MAX_ATTEMPTS = 3;
/** Seconds before an entry's second attempt; the third waits twice as long. */
const RETRY_SECONDS = 10;

/**
 * Takes the next entries in, each to an outcome of its own. Returns the seconds to wait before the next slice; null: it is
 * no entry's turn.
 */
export async function takeSlice(ctx: TenantContext, row: ImportRow): Promise<number | null> {
  const rules = row.kind === "sitemap" ? siteRules(ctx, row) : null;
  const until = Date.now() + SLICE_MS;
  let wait = 0;
  const entries = await nextEntries(ctx, row.id);
  if (entries.length === 0) return null;
  for (const group of groupEntries(row, entries)) {
    if (Date.now() > until) break;
    const takings = group.map((entry) => takeOne(ctx, row, entry, rules));
    // One that throws ends the slice, once none is at work any more.
    await Promise.allSettled(takings);
    await Promise.all(takings);
    const [entry] = group;
    wait = rules && entry ? await rules.crawlDelay(entry.name) : 0;
    // A site that asks for pauses gets them between messages, where nobody is held.
    if (wait > 0) break;
  }
  return wait;
}

async function takeOne(
  ctx: TenantContext,
  row: ImportRow,
  entry: EntryRow,
  rules: SiteRules | null,
): Promise<void> {
  const begun = await beginEntry(ctx, entry);
  if (begun) await endEntry(ctx, begun, await outcomeOf(() => takeEntry(ctx, row, begun, rules)));
}

type Outcome = { taken: Taken } | { error: unknown };

async function outcomeOf(take: () => Promise<Taken>): Promise<Outcome> {
  try {
    return { taken: await take() };
  } catch (error) {
    if (isOfAll(importReason(error))) throw error;
    return { error };
  }
}

/** Entries whose turn it is: those that were never begun before those that failed. */
async function nextEntries(ctx: TenantContext, importId: string): Promise<EntryRow[]> {
  const rested = sql`now() - make_interval(secs => ${RETRY_SECONDS} * ${importEntries.attempts})`;
  const [entries] = await ctx.db.transaction((q) => [
    q
      .select()
      .from(importEntries)
      .where(
        and(
          eq(importEntries.import_id, importId),
          eq(importEntries.state, "pending"),
          or(eq(importEntries.attempts, 0), lt(importEntries.updated_at, rested)),
        ),
      )
      .orderBy(asc(importEntries.attempts), asc(importEntries.ordinal))
      .limit(ENTRIES_PER_SLICE),
  ]);
  return entries;
}

/** Counts the attempt before anything is tried. Null: the entry isn't pending any more, or has failed too often. */
async function beginEntry(ctx: TenantContext, entry: EntryRow): Promise<EntryRow | null> {
  const pending = and(eq(importEntries.id, entry.id), eq(importEntries.state, "pending"));
  const [, , [begun]] = await ctx.db.transaction((q) => [
    holdImport(q, entry.import_id, "running"),
    q
      .update(importEntries)
      .set({ state: "failed", error_code: "internal", updated_at: sql`now()` })
      .where(and(pending, sql`${importEntries.attempts} >= ${MAX_ATTEMPTS}`)),
    q
      .update(importEntries)
      .set({ attempts: sql`${importEntries.attempts} + 1`, updated_at: sql`now()` })
      .where(pending)
      .returning(),
  ]);
  return begun ?? null;
}

async function endEntry(ctx: TenantContext, entry: EntryRow, outcome: Outcome): Promise<void> {
  const end = "taken" in outcome ? takenEntry(outcome.taken) : failedEntry(entry, outcome.error);
  // What became a document is one, though the import was cancelled meanwhile; what didn't stays cancelled.
  const open: EntryRow["state"][] = "taken" in outcome ? ["pending", "cancelled"] : ["pending"];
  await ctx.db.transaction((q) => [
    holdImport(q, entry.import_id),
    q
      .update(importEntries)
      .set({ ...end, updated_at: sql`now()` })
      .where(and(eq(importEntries.id, entry.id), inArray(importEntries.state, open))),
    q.execute(sql`update imports set updated_at = now() where id = ${entry.import_id}`),
  ]);
}

function takenEntry({ state, documentId, sizeBytes }: Taken) {
  return { state, document_id: documentId, size_bytes: sizeBytes, error_code: null };
}

function failedEntry(entry: EntryRow, error: unknown) {
  const reason = importReason(error);
  // A document that is to be read once more must not be forgotten for one bad moment.
  const mark = entry.error_code === RETRYING ? RETRYING : reason;
  if (isFleeting(reason) && entry.attempts < MAX_ATTEMPTS) return { error_code: mark };
  return { state: isBarred(reason) ? ("skipped" as const) : ("failed" as const), error_code: reason };
}
