import { and, eq, notExists, type SQL, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import type { Database } from "../../db/client.ts";
import { chunks } from "../../db/schema/chunks.ts";
import { documents } from "../../db/schema/documents.ts";
import { closeJob } from "../../services/documents/close-job.ts";
import { endVersion } from "../../services/documents/end-version.ts";
import { prepareVectors, showVectors } from "../../services/documents/searchable-vectors.ts";
import { recordUsage } from "../../services/usage/record.ts";
import { spendPages } from "../../services/usage/spend-pages.ts";
import { holdJob } from "../lease.ts";
import type { IngestDocument } from "./load.ts";

/** Complete versions kept whole besides the one that is read. */
const KEPT_VERSIONS = 1;

/**
 * Makes the version the one that search and chat read, and closes the job, in one transaction. What was read before is
 * kept; versions before that are retired. Returns whether there is more to do: what they leave behind.
 */
export async function publishDocument(
  ctx: TenantContext,
  document: IngestDocument,
): Promise<"settled" | "more"> {
  const { id, version } = document;
  if (document.published_version !== null) await prepareVectors(ctx, id, version);
  const published = sql`documents.status = 'ready' and documents.published_version = ${version}::int
    and documents.version = ${version}::int`;
  const results = await ctx.db.transaction((q) => [
    holdJob(q, document),
    q
      .update(documents)
      .set({
        status: "ready",
        published_version: version,
        error_code: null,
        failed_step: null,
        updated_at: sql`now()`,
      })
      .where(and(eq(documents.id, id), eq(documents.status, "processing"), isWhole(q, document))),
    // A document is counted once, its pages whenever its file is another.
    q.execute(sql`
      select ${recordUsage(null, { documents: 1 })} from documents where id = ${id} and ${published} and not exists (
        select 1 from document_versions v where v.document_id = documents.id and v.published_at is not null)`),
    endVersion(q, id, null, published),
    retireVersions(q, id, published),
    showVectors(q, id, version),
    spendPages(q, document, sql`exists (select 1 from documents where id = ${id} and ${published})`),
    ...closeJob(q, id, published),
  ]);
  return results[7].rows.length > 0 ? "more" : "settled";
}

/** Of the complete versions that aren't read the ones read last are kept. */
function retireVersions(q: Database, id: string, when: SQL) {
  return q.execute(sql`
    update document_versions v set state = 'retired' from documents
    where documents.id = ${id} and v.document_id = documents.id and v.state = 'complete'
      and v.version <> documents.published_version and ${when} and v.version not in (
        select kept.version from document_versions kept
        where kept.document_id = documents.id and kept.state = 'complete'
          and kept.version <> documents.published_version
        order by kept.published_at desc, kept.version desc limit ${KEPT_VERSIONS}::int)`);
}

/** Closes the job of a published version once its last vector is where search looks for it. */
export async function closeIndexJob(
  ctx: TenantContext,
  document: IngestDocument,
): Promise<"settled" | "more"> {
  const [, next] = await ctx.db.transaction((q) => [
    holdJob(q, document, "index"),
    ...closeJob(q, document.id),
  ]);
  return next.rows.length > 0 ? "more" : "settled";
}

/** Whether the vector store has acknowledged every chunk: `npm run reindex` may have taken that back meanwhile. */
function isWhole(q: Database, { id, version }: IngestDocument): SQL {
  const unindexed = q
    .select({ one: sql`1` })
    .from(chunks)
    .where(and(eq(chunks.document_id, id), eq(chunks.version, version), eq(chunks.indexed, false)));
  return notExists(unindexed);
}
