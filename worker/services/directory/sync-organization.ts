import { sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import type { DirectoryChange, DirectoryOrganization } from "../../ports/directory.ts";
import { moment } from "../moment.ts";

type Changed = Extract<DirectoryChange, { kind: "organization" }>;

/** Keeps an organisation's name and founder, unless something newer is known or it was closed. */
export function syncOrganization(
  q: Database,
  { tenantId }: { tenantId: string },
  { organization, changedAt }: Changed,
) {
  const { name, founderId } = organization;
  const changed = moment(changedAt);
  // Who founded and left has a successor here, of whom the provider knows nothing.
  const succeeded = sql`founder_id is not null and exists (
    select 1 from memberships where user_id = ${founderId} and removed_at is not null)`;
  return [
    ensureOrganization(q, tenantId, organization),
    q.execute(sql`
      update tenants set name = ${name}, changed_at = ${changed}, updated_at = now(),
        founder_id = case when ${succeeded} then founder_id else coalesce(${founderId}, founder_id) end
      where deleted_at is null and (changed_at is null or changed_at <= ${changed})`),
    q.execute(sql`
      update memberships set role = 'owner' from tenants
      where tenants.id = memberships.tenant_id and user_id = founder_id and role = 'admin'`),
  ];
}

/** Whether the tenant isn't closed; locked, so that it isn't until what is written of its members was. */
export const takesMembers = sql`exists (select 1 from tenants where deleted_at is null for share)`;

/**
 * Makes the tenant of an organisation whose own event hasn't come yet. The conflict names no column: of two
 * transactions that make it at once, the second may meet either of its two unique values first.
 */
export function ensureOrganization(
  q: Database,
  tenantId: string,
  { id, name, founderId }: DirectoryOrganization,
) {
  return q.execute(sql`
    insert into tenants (id, name, clerk_org_id, founder_id)
    values (${tenantId}::uuid, ${name}, ${id}, ${founderId}) on conflict do nothing`);
}
