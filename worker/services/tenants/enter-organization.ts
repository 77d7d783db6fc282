import { sql } from "drizzle-orm";
import type { Role } from "../../context.ts";
import { type Database, tenantDatabase } from "../../db/client.ts";
import { AppError } from "../../errors.ts";
import type { Person } from "../../ports/identity.ts";
import { derivedId } from "../derived-id.ts";
import { moment } from "../moment.ts";
import { PLANS } from "../usage/plans.ts";
import { capsOf, quotaFacts, quotaSentence } from "../usage/reserve.ts";

/** The tenant of an organisation: derived, so that finding it takes no look-up. */
export function organizationTenantId(organizationId: string): Promise<string> {
  return derivedId(`organization/${organizationId}`);
}

type Entry = { outcome: "entered" | "removed" | "closed" | "full"; member_role: Role | null };

/**
 * Lets a member of an organisation into its tenant; both are made on first sight. Throws `unauthenticated` when their
 * membership or the organisation has ended, `quota_exceeded` when the plan has no seat left for them.
 */
export async function enterOrganization(
  database: Database,
  person: Person & { organization: NonNullable<Person["organization"]> },
  requestId: string,
): Promise<{ tenantId: string; role: Role }> {
  const { id, name, role } = person.organization;
  const tenantId = await organizationTenantId(id);
  const [entry] = await tenantDatabase(database, tenantId).rows<Entry>(sql`
    select * from enter_organization(
      ${id}, ${name}, ${person.userId}, ${role}, ${moment(person.issuedAt)}, ${capsOf("members")}, ${requestId}
    )`);
  if (entry?.outcome === "entered" && entry.member_role) return { tenantId, role: entry.member_role };
  if (entry?.outcome === "full") throw await noSeat(database, tenantId);
  throw new AppError("unauthenticated", "You are no longer a member of this organisation. Sign in again.");
}

async function noSeat(database: Database, tenantId: string): Promise<AppError> {
  const [held] = await tenantDatabase(database, tenantId).rows<{ plan: "free" | "pro"; used: string }>(sql`
    select effective_plan() as plan, coalesce(
      (select used from usage_counters where period = 'total' and metric = 'members'), 0
    ) as used`);
  const plan = held?.plan ?? "free";
  const quota = quotaFacts(
    {
      metric: "members",
      plan,
      used: Number(held?.used ?? 0),
      requested: 1,
      limit: PLANS[plan].limits.members,
    },
    new Date(),
  );
  return new AppError("quota_exceeded", quotaSentence(quota), { quota });
}
