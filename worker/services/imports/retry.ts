import { eq, type SQL, sql } from "drizzle-orm";
import type { Locale, TenantContext } from "../../context.ts";
import { importJobs, imports } from "../../db/schema/imports.ts";
import { AppError, notFound } from "../../errors.ts";
import { requirePermission } from "../access/permissions.ts";
import type { FailureReason } from "../documents/failure.ts";
import { RETRYING } from "./entry.ts";
import { RETRYABLE } from "./failure.ts";
import { getImport } from "./get.ts";
import type { Import } from "./import.ts";
import { FIRST_LEASE_SECONDS, wakeImport } from "./wake.ts";

/** What a document may have failed of that its file has no part in. */
const RETRYABLE_DOCUMENTS: FailureReason[] = [
  "quota_exceeded",
  "upstream_refused",
  "upstream_unavailable",
  "stalled",
  "internal",
];

/**
 * Tries again what failed and may pass: entries that never became documents, and documents that failed for no fault of
 * their file. With nothing of the kind it changes nothing. Throws `not_found`, and `conflict` for a cancelled import.
 */
export async function retryImport(ctx: TenantContext, id: string, locale: Locale): Promise<Import> {
  requirePermission(ctx, "library.write");
  const [[known]] = await ctx.db.transaction((q) => [
    q.select({ state: imports.state }).from(imports).where(eq(imports.id, id)),
  ]);
  if (!known) throw notFound("import");
  if (known.state === "cancelled") {
    throw new AppError("conflict", "This import was cancelled. Make a new one of what is missing.");
  }
  const [, { rows: again }] = await ctx.db.transaction((q) => [
    // Locked in the order of those who work at it.
    q.select({ id: importJobs.import_id }).from(importJobs).where(eq(importJobs.import_id, id)).for("update"),
    q.execute(retrying(id)),
  ]);
  if (again.length > 0) await wakeImport(ctx, id);
  return getImport(ctx, id, locale);
}

function retrying(id: string): SQL {
  return sql`
    with target as (
      select id, state, error_code, (options ->> 'listed') is not null as listed from imports
      where id = ${id} and state in ('running', 'done', 'failed') for update
    ), begun as (
      select count(*) as entries from import_entries where import_id = ${id}
    ), entries as (
      update import_entries entry
      set state = 'pending', attempts = 0, updated_at = now(),
        error_code = case when entry.state = 'taken' then ${RETRYING} end
      from target
      where entry.import_id = target.id and (
        entry.state = 'failed' and entry.error_code = any (${list(RETRYABLE)})
        or entry.state = 'taken' and exists (
          select 1 from documents where documents.id = entry.document_id and documents.status = 'failed'
            and documents.error_code = any (${list(RETRYABLE_DOCUMENTS)}))
      )
      returning entry.id
    ), again as (
      update imports
      set state = case when target.listed then 'running' else 'listing' end, error_code = null, finished_at = null,
        updated_at = now(), options = case when target.state = 'running' then imports.options
          else imports.options || jsonb_build_object(
            'began_at', now(), 'began_with', begun.entries - (select count(*) from entries)) end
      from target, begun
      where imports.id = target.id and (
        exists (select 1 from entries)
        or target.state = 'failed' and target.error_code = any (${list(RETRYABLE)})
      )
      returning imports.id, imports.tenant_id
    )
    insert into import_jobs as job (import_id, tenant_id, due_at)
    select id, tenant_id, now() + make_interval(secs => ${FIRST_LEASE_SECONDS}) from again
    on conflict (import_id) do update set stalls = 0, last_reason = null, due_at = excluded.due_at
    returning job.import_id`;
}

function list(codes: string[]): SQL {
  return sql`array[${sql.join(
    codes.map((code) => sql`${code}`),
    sql`, `,
  )}]::text[]`;
}
