import type { Role } from "../../context.ts";
import type { Database } from "../../db/client.ts";
import type { Person } from "../../ports/identity.ts";
import { enterOrganization } from "./enter-organization.ts";

type Member = Person & { organization: NonNullable<Person["organization"]> };
type Entered = { tenantId: string; role: Role };

/** Milliseconds for which an isolate remembers who came in: no longer than a session token of Clerk lives. */
const REMEMBERED_MS = 30_000;
/** Members remembered at once, so that an isolate's memory is bounded. */
const MAX_REMEMBERED = 5_000;

/**
 * `enterOrganization`, remembered for half a minute: so most of a member's requests need no round trip to know them.
 * What a webhook changes meanwhile holds from the next entry on.
 */
export function createDoorway(database: Database): (member: Member, requestId: string) => Promise<Entered> {
  const known = new Map<string, { until: number; entered: Entered }>();
  return async (member, requestId) => {
    const { id, role } = member.organization;
    const key = JSON.stringify([id, member.userId, role]);
    const remembered = known.get(key);
    if (remembered && remembered.until > Date.now()) return remembered.entered;
    const entered = await enterOrganization(database, member, requestId);
    if (known.size >= MAX_REMEMBERED) known.clear();
    known.set(key, { until: Date.now() + REMEMBERED_MS, entered });
    return entered;
  };
}
