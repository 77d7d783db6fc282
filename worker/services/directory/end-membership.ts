import { sql } from "drizzle-orm";
import { type Database, type ScopedDatabase, webhookDatabase } from "../../db/client.ts";
import type { BillingProvider } from "../../ports/billing.ts";
import type { DirectoryChange } from "../../ports/directory.ts";
import { recordAudit } from "../audit/entry.ts";
import { stopPaying } from "../billing/stop-paying.ts";
import { moment } from "../moment.ts";
import { listMemberships } from "../tenants/memberships.ts";
import { releaseUsage } from "../usage/reserve.ts";
import type { DirectoryAuthor } from "./apply-event.ts";
import { closeTenant } from "./close-tenant.ts";
import { ensureOrganization, takesMembers } from "./sync-organization.ts";

type Ended = Extract<DirectoryChange, { kind: "membership_deleted" }>;
type Author = DirectoryAuthor & { tenantId: string };

/** Ends a membership and frees its seat. It is noted even when its beginning was never told: that may come late. */
export function endMembership(q: Database, author: Author, { membership, changedAt }: Ended) {
  const { id, userId, role, organization } = membership;
  const began = moment(membership.beganAt);
  const concerned = sql`(known.membership_id is null or known.membership_id = ${id} or known.began_at < ${began})`;
  return [
    ensureOrganization(q, author.tenantId, organization),
    recordRemoval(q, author, userId, concerned),
    q.execute(sql`
      insert into memberships as known (tenant_id, user_id, role, membership_id, began_at, changed_at, removed_at)
      select ${author.tenantId}::uuid, ${userId}, ${role}, ${id}, ${began}, ${moment(changedAt)}, ${moment(changedAt)}
      where ${takesMembers}
      on conflict (tenant_id, user_id) do update set membership_id = excluded.membership_id, seated = false,
        began_at = excluded.began_at, changed_at = excluded.changed_at,
        removed_at = greatest(known.removed_at, excluded.removed_at)
      where ${concerned}`),
    freeSeat(q, userId),
  ];
}

/**
 * Ends every membership of a deleted person, tenant by tenant. A tenant that they founded here and that nobody else
 * belongs to is closed with them; all of those stop paying before anything changes. May be repeated.
 */
export async function leaveAllTenants(
  database: Database,
  billing: BillingProvider | null,
  { userId, changedAt }: Extract<DirectoryChange, { kind: "person_deleted" }>,
  author: DirectoryAuthor,
): Promise<void> {
  const left = await listMemberships(database, userId);
  for (const { id, kind } of left) {
    if (kind === "personal") await stopPayingAlone(webhookDatabase(database, id), billing, id, userId);
  }
  for (const { id: tenantId, kind } of left) {
    const here = { ...author, tenantId };
    const abandoned = sql`not exists (select 1 from memberships where removed_at is null)`;
    await webhookDatabase(database, tenantId).transaction((q) => [
      recordRemoval(q, here, userId, sql`true`),
      q.execute(sql`
        update memberships set removed_at = ${moment(changedAt)}, seated = false
        where user_id = ${userId} and removed_at is null`),
      freeSeat(q, userId),
      ...(kind === "personal" ? closeTenant(q, here, { at: changedAt, when: abandoned }) : []),
    ]);
  }
}

/** Ends what a tenant pays if nobody but this person belongs to it. */
async function stopPayingAlone(
  db: ScopedDatabase,
  billing: BillingProvider | null,
  tenantId: string,
  userId: string,
): Promise<void> {
  const others = await db.rows(
    sql`select 1 from memberships where removed_at is null and user_id <> ${userId} limit 1`,
  );
  if (others.length === 0) await stopPaying(db, billing, tenantId);
}

function recordRemoval(q: Database, author: Author, userId: string, concerned: ReturnType<typeof sql>) {
  return recordAudit(
    q,
    author,
    { action: "member.removed", targetId: userId },
    sql`exists (
      select 1 from memberships known where user_id = ${userId} and removed_at is null and ${concerned})`,
  );
}

function freeSeat(q: Database, userId: string) {
  return q.execute(sql`
    select ${releaseUsage("members", sql`seat_id(${userId})`)} from memberships
    where user_id = ${userId} and removed_at is not null`);
}
