import { type SQL, sql } from "drizzle-orm";
import type { Actor } from "../../context.ts";
import type { Database } from "../../db/client.ts";

/** Everything that is put on record. */
export type AuditAction =
  | "tenant.created"
  | "tenant.renamed"
  | "tenant.closed"
  | "tenant.exported"
  | "member.joined"
  | "member.role_changed"
  | "member.removed"
  | "api_key.created"
  | "api_key.revoked"
  | "collection.deleted"
  | "document.deleted"
  | "assistant.created"
  | "assistant.changed"
  | "assistant.deleted"
  | "billing.checkout_opened"
  | "billing.portal_opened"
  | "billing.plan_changed";

export type AuditEntry = {
  action: AuditAction;
  targetId?: string;
  detail?: Record<string, unknown>;
};

type Author = { tenantId: string; actor: Actor; requestId: string };

/**
 * The statement that puts an action on record, in the transaction that does it. With `when`, only if that holds at
 * this point of the transaction: what didn't happen isn't recorded. Let `when` lock what it looks at (`for update`), so
 * that of two who do the same at once one is recorded.
 */
export function recordAudit(
  q: Database,
  { tenantId, actor, requestId }: Author,
  entry: AuditEntry,
  when?: SQL,
) {
  const { action, targetId = null, detail = {} } = entry;
  return q.execute(sql`
    insert into audit_log (id, tenant_id, actor_kind, actor_id, action, target_id, detail, request_id)
    select ${crypto.randomUUID()}::uuid, ${tenantId}::uuid, ${actor.kind}, ${actorName(actor)}, ${action},
      ${targetId}, ${JSON.stringify(detail)}::jsonb, ${requestId}
    where ${when ?? sql`true`}`);
}

/** Who it was, as records name them. */
export function actorName(actor: Actor): string {
  switch (actor.kind) {
    case "user":
      return actor.userId;
    case "key":
      return actor.keyId;
    case "system":
      return actor.name;
  }
}
