import { sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { type Database, postgresCode } from "../../db/client.ts";
import { importEntries, imports } from "../../db/schema/imports.ts";
import { notFound } from "../../errors.ts";
import { actorId } from "../chat/actor-id.ts";
import { entryRows, type ListedEntry } from "./entry.ts";
import type { ImportOptions } from "./import.ts";
import { FIRST_LEASE_SECONDS, wakeImport } from "./wake.ts";

/** Entries in one statement; Postgres takes 65,535 parameters. */
export const ENTRIES_PER_WRITE = 1_000;

export type NewImport = {
  id: string;
  collectionId: string;
  source?: string;
  storageKey?: string;
  sizeBytes?: number;
  options?: ImportOptions;
} & (
  | { kind: "zip" | "sitemap" }
  /** What was named one by one needs no listing. */
  | { kind: "files" | "urls"; entries: ListedEntry[] }
);

const FOREIGN_KEY_VIOLATION = "23503";

/**
 * Puts an import on record with its entries and its work, together with `also`, and wakes the queue. Doing it again with
 * the same id changes nothing. Throws `not_found` (the collection).
 */
export async function recordImport(
  ctx: TenantContext,
  input: NewImport,
  also: (q: Database) => ReturnType<Database["execute"]>[] = () => [],
): Promise<void> {
  const { id, collectionId, kind, source = "", storageKey = null, sizeBytes = null, options = {} } = input;
  const listed = "entries" in input;
  const rows = await entryRows(ctx.tenantId, id, listed ? input.entries : []);
  const row = {
    id,
    tenant_id: ctx.tenantId,
    collection_id: collectionId,
    kind,
    source,
    state: listed ? ("running" as const) : ("listing" as const),
    storage_key: storageKey,
    size_bytes: sizeBytes,
    options: { ...options, ...(listed ? { listed } : {}) },
    actor_kind: ctx.actor.kind,
    actor_id: actorId(ctx),
  };
  const pieces = Array.from({ length: Math.ceil(rows.length / ENTRIES_PER_WRITE) }, (_, index) =>
    rows.slice(index * ENTRIES_PER_WRITE, (index + 1) * ENTRIES_PER_WRITE),
  );
  try {
    await ctx.db.transaction((q) => [
      q.insert(imports).values(row).onConflictDoNothing(),
      q.execute(sql`
        insert into import_jobs (import_id, tenant_id, due_at)
        select id, tenant_id, now() + make_interval(secs => ${FIRST_LEASE_SECONDS}) from imports
        where id = ${id} and state in ('listing', 'running') on conflict do nothing`),
      ...pieces.map((piece) => q.insert(importEntries).values(piece).onConflictDoNothing()),
      ...also(q),
    ]);
  } catch (error) {
    throw postgresCode(error)?.code === FOREIGN_KEY_VIOLATION ? notFound("collection") : error;
  }
  await wakeImport(ctx, id);
}
