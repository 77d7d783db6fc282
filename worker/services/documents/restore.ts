import { and, eq, sql } from "drizzle-orm";
import type { Locale, TenantContext } from "../../context.ts";
import { documentVersions } from "../../db/schema/document-versions.ts";
import { documents } from "../../db/schema/documents.ts";
import { AppError, notFound } from "../../errors.ts";
import { requirePermission } from "../access/permissions.ts";
import { spendPages } from "../usage/spend-pages.ts";
import { closeJob } from "./close-job.ts";
import { type Document, toDocument, visible } from "./document.ts";
import { endVersion } from "./end-version.ts";
import { enqueue } from "./enqueue.ts";
import { lockDocument } from "./lock-document.ts";
import { prepareVectors, showVectors } from "./searchable-vectors.ts";
import { NO_FAILURE, showVersion } from "./show-version.ts";

/**
 * Has a kept version read again, at once and in one transaction; a version being written is superseded. Restoring the
 * one that is read ends such an update, and else changes nothing. Throws `not_found` (the document or its version) and
 * `conflict` for a version that isn't kept whole.
 */
export async function restoreVersion(
  ctx: TenantContext,
  id: string,
  version: number,
  locale: Locale,
): Promise<Document> {
  requirePermission(ctx, "library.write");
  await requireWhole(ctx, id, version);
  await prepareVectors(ctx, id, version);
  const whole = sql`exists (select 1 from document_versions target where target.document_id = ${id}::uuid
    and target.version = ${version}::int and target.state = 'complete')`;
  const results = await ctx.db.transaction((q) => [
    ...lockDocument(q, id),
    spendPages(
      q,
      { storage_key: sql`(select storage_key from documents where id = ${id}::uuid)` },
      sql`${whole} and exists (select 1 from documents where id = ${id}::uuid and status <> 'deleting')`,
    ),
    endVersion(q, id, "superseded", sql`${whole} and v.state = 'writing' and documents.status <> 'deleting'`),
    q.execute(sql`
      update document_versions v set published_at = now() from documents
      where documents.id = ${id}::uuid and documents.status <> 'deleting' and v.document_id = documents.id
        and v.version = ${version}::int and v.state = 'complete' and v.version <> documents.published_version`),
    showVersion(q, id, version, NO_FAILURE),
    showVectors(q, id, version),
    ...closeJob(q, id, whole),
    q
      .select()
      .from(documents)
      .where(and(eq(documents.id, id), visible)),
  ]);
  const [row] = results[9];
  if (!row) throw notFound("document");
  if (row.published_version !== version) throw notKept(version);
  if (results[7].rows.length > 0) await enqueue(ctx, [id]);
  return toDocument(row, locale);
}

async function requireWhole(ctx: TenantContext, id: string, version: number): Promise<void> {
  const [[document], [kept]] = await ctx.db.transaction((q) => [
    q
      .select({ id: documents.id })
      .from(documents)
      .where(and(eq(documents.id, id), visible)),
    q
      .select({ state: documentVersions.state })
      .from(documentVersions)
      .where(and(eq(documentVersions.document_id, id), eq(documentVersions.version, version))),
  ]);
  if (!document) throw notFound("document");
  if (!kept) throw notFound("version");
  if (kept.state !== "complete") throw notKept(version);
}

function notKept(version: number): AppError {
  return new AppError("conflict", `Version ${version} isn't kept whole, so it can't be restored.`);
}
