import { and, ne, type SQL, sql } from "drizzle-orm";
import type { Actor } from "../../context.ts";
import type { Database } from "../../db/client.ts";
import { documents } from "../../db/schema/documents.ts";
import { recordAudit } from "../audit/entry.ts";
import { HELD_SECONDS } from "../chat/open-question.ts";
import { requestDeletion } from "../deletions/request.ts";
import { hideDocuments, lockJobs, recordPurges, recordReceipts } from "../documents/purge-request.ts";
import { moment } from "../moment.ts";

type Closing = {
  organizationId?: string | null;
  at: Date;
  /** Only if this holds. */
  when?: SQL;
  /** The id of the receipt of its erasure. */
  receiptId?: string;
};

/**
 * Closes a tenant for good: nobody comes in, its API keys end, its documents are out of sight at once, and all that is
 * stored of it is removed by the queue, to which the sweep sends it. An organisation's is noted even if it was never
 * seen. Whoever was let in just before may still write for as long as the longest answer takes.
 */
export function closeTenant(
  q: Database,
  author: { tenantId: string; actor: Actor; requestId: string },
  { organizationId = null, at, when = sql`true`, receiptId: id = crypto.randomUUID() }: Closing,
) {
  const open = sql`${when} and exists (select 1 from tenants where deleted_at is null for no key update)`;
  const closed = sql`exists (select 1 from tenants where deleted_at is not null)`;
  const left = and(ne(documents.status, "deleting"), closed);
  const unasked = sql`${closed} and not exists (select 1 from deletion_receipts where subject = 'tenant')`;
  const erasure = { id, subject: "tenant", subjectId: author.tenantId, when: unasked } as const;
  return [
    recordAudit(q, author, { action: "tenant.closed" }, open),
    ...(organizationId
      ? [
          q.execute(sql`
            insert into tenants (id, name, clerk_org_id, deleted_at)
            values (${author.tenantId}::uuid, '', ${organizationId}, ${moment(at)}) on conflict do nothing`),
        ]
      : []),
    q.execute(sql`update tenants set deleted_at = ${moment(at)} where deleted_at is null and ${when}`),
    q.execute(sql`update api_keys set revoked_at = now() where revoked_at is null and ${closed}`),
    requestDeletion(q, author, erasure, HELD_SECONDS),
    q.execute(sql`delete from import_jobs where ${closed}`),
    lockJobs(q, left),
    recordReceipts(q, author, left, sql`(select id from deletion_receipts where subject = 'tenant')`),
    recordPurges(q, left),
    hideDocuments(q, left),
  ] as const;
}
