import type { Role } from "../../context.ts";
import { organizationTenantId } from "../../services/tenants/enter-organization.ts";
import { sessionToken, type TestTenant, tenantClient } from "../harness.ts";

/** Longer than Clerk's minute: the walk over all routes may take one. */
const SECONDS = 900;

/** Somebody signed in to an organisation for as long as a whole walk takes. */
export async function joinAs(role: Role, user: string, organizationId: string): Promise<TestTenant> {
  const org = { id: organizationId, slug: organizationId, role: `org:${role}` };
  const token = await sessionToken({ user, org, expiresInSeconds: SECONDS });
  return tenantClient(await organizationTenantId(organizationId), { Authorization: `Bearer ${token}` });
}

/** The credential of somebody whose session names no organisation. */
export async function personalCredential(user: string): Promise<Record<string, string>> {
  return { Authorization: `Bearer ${await sessionToken({ user, expiresInSeconds: SECONDS })}` };
}
