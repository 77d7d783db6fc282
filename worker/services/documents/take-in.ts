import { and, asc, eq, inArray, ne, type SQL, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { type Database, postgresCode } from "../../db/client.ts";
import { collections } from "../../db/schema/collections.ts";
import { documents } from "../../db/schema/documents.ts";
import { AppError, notFound } from "../../errors.ts";
import { PLANS } from "../usage/plans.ts";
import { bytesReservation, quotaError, reserveUsage } from "../usage/reserve.ts";
import { selectPlan } from "../usage/select-plan.ts";
import { enqueue, FIRST_LEASE_SECONDS } from "./enqueue.ts";
import type { StoredFile } from "./store-original.ts";

export type DocumentRow = typeof documents.$inferSelect;

/** Where a document comes from besides its bytes. */
export type Provenance = {
  /** The folders it lay in, joined by "/". */
  folder?: string;
  source_url?: string;
  import_id?: string;
};

/** What a collection takes in now. Throws `not_found` (the collection). */
export async function requireRoom(
  ctx: TenantContext,
  collectionId: string,
): Promise<{ maxFileBytes: number }> {
  const [[plan], [collection]] = await ctx.db.transaction((q) => [
    selectPlan(q),
    q.select({ id: collections.id }).from(collections).where(living(collectionId)),
  ]);
  if (!collection) throw notFound("collection");
  const { maxFileBytes } = PLANS[plan?.name ?? "free"];
  return { maxFileBytes };
}

/** The error for a file over the plan's limit of one. */
export function tooLarge(maxFileBytes: number): AppError {
  return new AppError("too_large", `Files may have ${maxFileBytes / 2 ** 20} MiB; this one is larger.`);
}

/**
 * Makes a stored file a document: counted against the plan, put on record together with its work, and queued. Doing it
 * again with the same id changes nothing. The same bytes in the same collection, unless they failed there, are not taken
 * in again: that document is given, as `duplicate`. Throws `not_found` (the collection) and `quota_exceeded`. The file is
 * removed whenever no document came of it.
 */
export async function takeIn(
  ctx: TenantContext,
  input: { id: string; collectionId: string; file: StoredFile; provenance?: Provenance },
): Promise<{ row: DocumentRow; duplicate: boolean }> {
  const { id, collectionId, file, provenance = {} } = input;
  const { key: storage_key, ...facts } = file;
  const alive = living(collectionId);
  try {
    const [, , , , , [row], [twin]] = await ctx.db.transaction((q) => {
      const fresh = sql`not exists (${sameContent(q, id, collectionId, file.sha256)})`;
      return [
        // Locked in the order of those who close, delete and purge, and before any counter.
        q.execute(sql`
          select 1 from tenants, collections where tenants.id = ${ctx.tenantId} and ${alive}
          for share of tenants, collections`),
        q
          .select({
            documents: reserveUsage({ metric: "documents", id, amount: 1 }),
            bytes: reserveUsage({
              metric: "storage_bytes",
              id: bytesReservation({ storage_key }),
              amount: file.size_bytes,
            }),
          })
          .from(collections)
          .where(and(alive, fresh)),
        q.execute(sql`
          insert into documents (id, tenant_id, collection_id, filename, media_type, size_bytes, sha256, storage_key,
            status, folder, source_url, import_id)
          select ${id}::uuid, ${ctx.tenantId}::uuid, (select id from collections where ${alive}), ${facts.filename},
            ${facts.media_type}, ${facts.size_bytes}::bigint, ${facts.sha256}, ${storage_key}, 'queued',
            ${provenance.folder ?? ""}, ${provenance.source_url ?? null}, ${provenance.import_id ?? null}::uuid
          where ${fresh} on conflict (id) do nothing`),
        q.execute(sql`
          insert into document_versions (tenant_id, document_id, version, origin, state, filename, media_type, size_bytes,
            sha256, storage_key)
          select tenant_id, id, 1, 'upload', 'writing', filename, media_type, size_bytes, sha256, storage_key
          from documents where id = ${id}::uuid on conflict do nothing`),
        q.execute(sql`
          insert into ingest_jobs (document_id, tenant_id, version, kind, due_at)
          select id, tenant_id, 1, 'ingest', now() + make_interval(secs => ${FIRST_LEASE_SECONDS})
          from documents where id = ${id}::uuid and status = 'queued' on conflict do nothing`),
        q.select().from(documents).where(eq(documents.id, id)),
        sameContent(q, id, collectionId, file.sha256),
      ];
    });
    if (row) {
      await enqueue(ctx, [id]);
      return { row, duplicate: false };
    }
    if (!twin) throw new Error("neither a document nor its twin");
    await ctx.files.delete(storage_key);
    return { row: twin, duplicate: true };
  } catch (error) {
    // Without Postgres' own word the row may be there after all; then the file must stay.
    const refused = postgresCode(error);
    if (refused) await ctx.files.delete(storage_key);
    throw refused?.code === NOT_NULL_VIOLATION ? notFound("collection") : quotaError(error);
  }
}

const NOT_NULL_VIOLATION = "23502";

function living(collectionId: string): SQL {
  return sql`${collections.id} = ${collectionId} and ${collections.deleted_at} is null`;
}

/** Another document of the collection that was made from the same bytes and didn't fail. */
function sameContent(q: Database, id: string, collectionId: string, sha256: string) {
  return q
    .select()
    .from(documents)
    .where(
      and(
        eq(documents.collection_id, collectionId),
        eq(documents.sha256, sha256),
        inArray(documents.status, ["queued", "processing", "ready"]),
        ne(documents.id, id),
      ),
    )
    .orderBy(asc(documents.created_at))
    .limit(1);
}
