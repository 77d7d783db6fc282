import { and, ne, type SQL, sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { documents } from "../../db/schema/documents.ts";
import { recordAudit } from "../audit/entry.ts";
import { hideDocuments, recordPurges } from "../documents/purge-request.ts";
import { moment } from "../moment.ts";
import type { DirectoryAuthor } from "./apply-event.ts";

/**
 * Closes a tenant: nobody comes in, its API keys end, its documents are out of sight at once and removed by the
 * queue, to which the sweep sends them. An organisation's is noted even if it was never seen. Only if `when` holds.
 */
export function closeTenant(
  q: Database,
  author: DirectoryAuthor & { tenantId: string },
  { organizationId = null, at, when = sql`true` }: { organizationId?: string | null; at: Date; when?: SQL },
) {
  const open = sql`${when} and exists (select 1 from tenants where deleted_at is null)`;
  const closed = sql`exists (select 1 from tenants where deleted_at is not null)`;
  const left = and(ne(documents.status, "deleting"), closed);
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
    recordPurges(q, left),
    hideDocuments(q, left),
  ] as const;
}
