import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import type { DirectoryChange } from "../../ports/directory.ts";
import { recordAudit } from "../audit/entry.ts";
import { moment } from "../moment.ts";
import { capsOf } from "../usage/reserve.ts";
import type { DirectoryAuthor } from "./apply-event.ts";
import { ensureOrganization, takesMembers } from "./sync-organization.ts";

type Changed = Extract<DirectoryChange, { kind: "membership" }>;

/**
 * Keeps a membership and gives it a seat if the plan has one left. It yields to newer facts of the same membership, to
 * its end, and to a membership of the same person that began later; one seen before any event told of it is adopted.
 * A deleted person's, told late, is none, nor is one of a tenant that was closed.
 */
export function syncMembership(
  q: Database,
  author: DirectoryAuthor & { tenantId: string },
  { membership, changedAt }: Changed,
) {
  const { id, userId, organization } = membership;
  const role = sql`(select case when ${membership.role} = 'admin' and founder_id = ${userId} then 'owner'
    else ${membership.role} end from tenants)`;
  const [began, changed] = [moment(membership.beganAt), moment(changedAt)];
  const newer = sql`(
    (known.membership_id is null and known.removed_at is null)
    or (known.membership_id = ${id} and known.removed_at is null
      and (known.changed_at is null or known.changed_at <= ${changed}))
    or (known.membership_id <> ${id} and known.began_at < ${began}))`;
  const alive = sql`${takesMembers} and not exists (
    select 1 from people where user_id = ${userId} and deleted_at is not null)`;
  const known = (where: SQL) =>
    sql`exists (select 1 from memberships known where user_id = ${userId} and ${where})`;
  return [
    ensureOrganization(q, author.tenantId, organization),
    recordAudit(
      q,
      author,
      { action: "member.joined", targetId: userId, detail: { role: membership.role } },
      sql`${alive} and (not ${known(sql`true`)} or ${known(sql`removed_at is not null and ${newer}`)})`,
    ),
    recordAudit(
      q,
      author,
      { action: "member.role_changed", targetId: userId, detail: { role: membership.role } },
      known(sql`removed_at is null and role <> ${role} and ${newer} and ${takesMembers}`),
    ),
    q.execute(sql`
      insert into memberships as known (tenant_id, user_id, role, membership_id, began_at, changed_at)
      select ${author.tenantId}::uuid, ${userId}, ${role}, ${id}, ${began}, ${changed} where ${alive}
      on conflict (tenant_id, user_id) do update set role = excluded.role, membership_id = excluded.membership_id,
        began_at = excluded.began_at, changed_at = excluded.changed_at, removed_at = null
      where ${newer}`),
    q.execute(sql`
      select seat_member(user_id, ${capsOf("members")}) from memberships
      where user_id = ${userId} and removed_at is null and not seated`),
  ];
}
