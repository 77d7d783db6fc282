import { type Database, webhookDatabase } from "../../db/client.ts";
import type { BillingProvider } from "../../ports/billing.ts";
import type { DirectoryChange, DirectoryEvent } from "../../ports/directory.ts";
import { stopPaying } from "../billing/stop-paying.ts";
import { organizationTenantId } from "../tenants/enter-organization.ts";
import { isRepetition, keepEvent } from "../webhook-event.ts";
import { closeTenant } from "./close-tenant.ts";
import { endMembership, leaveAllTenants } from "./end-membership.ts";
import { syncMembership } from "./sync-membership.ts";
import { syncOrganization } from "./sync-organization.ts";
import { forgetPerson, syncPerson } from "./sync-person.ts";

/** The author of what an event changes, as the audit log names it. */
export type DirectoryAuthor = { actor: { kind: "system"; name: "clerk" }; requestId: string };

/**
 * Mirrors what the identity provider tells, once: the event's id is kept in the transaction of its effect, so a
 * repeated event undoes its own repetition. Events may come in any order; each row remembers how new its facts are.
 * Says whether the event was new. A tenant that it closes stops paying first, so that an event that fails there is told
 * and tried again.
 */
export async function applyDirectoryEvent(
  database: Database,
  billing: BillingProvider | null,
  event: DirectoryEvent,
  requestId: string,
): Promise<boolean> {
  const { change } = event;
  const author: DirectoryAuthor = { actor: { kind: "system", name: "clerk" }, requestId };
  if (change.kind === "person_deleted") await leaveAllTenants(database, billing, change, author);
  const tenantId = await tenantOf(change);
  const db = webhookDatabase(database, tenantId);
  if (change.kind === "organization_deleted" && tenantId) await stopPaying(db, billing, tenantId);
  try {
    await db.transaction((q) => [
      keepEvent(q, "clerk", event),
      ...statements(q, change, { ...author, tenantId: tenantId ?? "" }),
    ]);
    return true;
  } catch (error) {
    if (isRepetition(error)) return false;
    throw error;
  }
}

async function tenantOf(change: DirectoryChange): Promise<string | null> {
  switch (change.kind) {
    case "organization":
      return organizationTenantId(change.organization.id);
    case "organization_deleted":
      return organizationTenantId(change.organizationId);
    case "membership":
    case "membership_deleted":
      return organizationTenantId(change.membership.organization.id);
    default:
      return null;
  }
}

function statements(q: Database, change: DirectoryChange, author: DirectoryAuthor & { tenantId: string }) {
  switch (change.kind) {
    case "person":
      return syncPerson(q, change);
    case "person_deleted":
      return forgetPerson(q, change);
    case "organization":
      return syncOrganization(q, author, change);
    case "organization_deleted":
      return closeTenant(q, author, { organizationId: change.organizationId, at: change.changedAt });
    case "membership":
      return syncMembership(q, author, change);
    case "membership_deleted":
      return endMembership(q, author, change);
  }
}
