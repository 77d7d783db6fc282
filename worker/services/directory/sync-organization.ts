import { sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import type { DirectoryChange, DirectoryOrganization } from "../../ports/directory.ts";

type Changed = Extract<DirectoryChange, { kind: "organization" }>;

/** Keeps an organisation's name and founder, unless something newer is known or it was closed. */
export function syncOrganization(
  q: Database,
  { tenantId }: { tenantId: string },
  { organization, changedAt }: Changed,
) {
  const { id, name, founderId } = organization;
  return [
    q.execute(sql`
      insert into tenants as known (id, name, clerk_org_id, founder_id, changed_at)
      values (${tenantId}::uuid, ${name}, ${id}, ${founderId}, ${changedAt.toISOString()}::timestamptz)
      on conflict (id) do update set name = excluded.name, changed_at = excluded.changed_at, updated_at = now(),
        founder_id = coalesce(excluded.founder_id, known.founder_id)
      where known.deleted_at is null and (known.changed_at is null or known.changed_at <= excluded.changed_at)`),
    q.execute(sql`
      update memberships set role = 'owner' from tenants
      where tenants.id = memberships.tenant_id and user_id = founder_id and role = 'admin'`),
  ];
}

/** Makes the tenant of an organisation whose own event hasn't come yet. */
export function ensureOrganization(
  q: Database,
  tenantId: string,
  { id, name, founderId }: DirectoryOrganization,
) {
  return q.execute(sql`
    insert into tenants (id, name, clerk_org_id, founder_id)
    values (${tenantId}::uuid, ${name}, ${id}, ${founderId}) on conflict (id) do nothing`);
}
