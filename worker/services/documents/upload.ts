import { sql } from "drizzle-orm";
import type { Locale, TenantContext } from "../../context.ts";
import { postgresCode } from "../../db/client.ts";
import { collections } from "../../db/schema/collections.ts";
import { documents } from "../../db/schema/documents.ts";
import { ingestJobs } from "../../db/schema/ingest-jobs.ts";
import { AppError, notFound } from "../../errors.ts";
import { requirePermission } from "../access/permissions.ts";
import { sha256OfStream } from "../sha256.ts";
import { PLANS } from "../usage/plans.ts";
import { quotaError, reserveUsage } from "../usage/reserve.ts";
import { selectPlan } from "../usage/select-plan.ts";
import { type Document, toDocument } from "./document.ts";
import { enqueue, FIRST_LEASE_SECONDS } from "./enqueue.ts";
import { cleanFilename } from "./filename.ts";
import { storageKey } from "./storage-key.ts";

/**
 * Takes a file in: stored while it is hashed, counted against the plan, put on record together with its work,
 * and queued. Throws `not_found` (the collection), `too_large`, `quota_exceeded`; nothing is kept then.
 */
export async function uploadDocument(
  ctx: TenantContext,
  input: { collectionId: string; file: File },
  locale: Locale,
): Promise<Document> {
  requirePermission(ctx, "library.write");
  const { collectionId, file } = input;
  const alive = sql`${collections.id} = ${collectionId} and ${collections.deleted_at} is null`;
  const [[plan], [collection]] = await ctx.db.transaction((q) => [
    selectPlan(q),
    q.select({ id: collections.id }).from(collections).where(alive),
  ]);
  if (!collection) throw notFound("collection");
  const { maxFileBytes } = PLANS[plan?.name ?? "free"];
  if (file.size > maxFileBytes) {
    throw new AppError("too_large", `Files may have ${maxFileBytes / 2 ** 20} MiB; this one is larger.`);
  }
  const id = crypto.randomUUID();
  const filename = cleanFilename(file.name);
  const key = storageKey(ctx.tenantId, id, 1);
  const sha256 = await store(ctx, key, file);
  try {
    const head = new Uint8Array(await file.slice(0, SNIFFED_BYTES).arrayBuffer());
    const [, , [row]] = await ctx.db.transaction((q) => [
      // Locked in the order of those who close, delete and purge, and before any counter.
      q.execute(sql`
        select 1 from tenants, collections where tenants.id = ${ctx.tenantId} and ${alive}
        for share of tenants, collections`),
      q
        .select({
          documents: reserveUsage({ metric: "documents", id, amount: 1 }),
          bytes: reserveUsage({ metric: "storage_bytes", id, amount: file.size }),
        })
        .from(collections)
        .where(alive),
      q
        .insert(documents)
        .values({
          id,
          tenant_id: ctx.tenantId,
          // Null, and so refused, when the collection was deleted while the file was on its way.
          collection_id: sql`(select id from collections where ${alive})`,
          filename,
          media_type: ctx.sniffMediaType(head, filename),
          size_bytes: file.size,
          sha256,
          storage_key: key,
          status: "queued",
        })
        .returning(),
      q.insert(ingestJobs).values({
        document_id: id,
        tenant_id: ctx.tenantId,
        version: 1,
        kind: "ingest",
        due_at: sql`now() + make_interval(secs => ${FIRST_LEASE_SECONDS})`,
      }),
    ]);
    if (!row) throw new Error("insert returned no row");
    await enqueue(ctx, [id]);
    return toDocument(row, locale);
  } catch (error) {
    // Without Postgres' own word the row may be there after all; then the file must stay.
    const refused = postgresCode(error);
    if (refused) await ctx.files.delete(key);
    throw refused?.code === NOT_NULL_VIOLATION ? notFound("collection") : quotaError(error);
  }
}

const NOT_NULL_VIOLATION = "23502";

/** Bytes that tell a file's type. */
const SNIFFED_BYTES = 4_096;

/** Writes the file to R2 and streams it through SHA-256, at once. Gives the digest in hexadecimal. */
async function store(ctx: TenantContext, key: string, file: File): Promise<string> {
  const [, digest] = await Promise.all([ctx.files.put(key, file), sha256OfStream(file.stream())]);
  return digest;
}
