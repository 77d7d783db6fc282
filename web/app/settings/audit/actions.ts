import type { AuditAction } from "../../api/shapes.ts";

/** Everything that is put on record, by what it concerns; the type sees to it that none is missing. */
const KNOWN: Record<AuditAction, true> = {
  "assistant.created": true,
  "assistant.changed": true,
  "assistant.deleted": true,
  "api_key.created": true,
  "api_key.revoked": true,
  "collection.deleted": true,
  "document.deleted": true,
  "member.joined": true,
  "member.role_changed": true,
  "member.removed": true,
  "billing.checkout_opened": true,
  "billing.portal_opened": true,
  "billing.plan_changed": true,
  "tenant.created": true,
  "tenant.renamed": true,
  "tenant.exported": true,
  "tenant.closed": true,
};

export const AUDIT_ACTIONS = Object.keys(KNOWN) as AuditAction[];

export function isAuditAction(value: unknown): value is AuditAction {
  return typeof value === "string" && Object.hasOwn(KNOWN, value);
}
