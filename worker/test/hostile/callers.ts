import type { Role, Scope } from "../../context.ts";
import { type TestTenant, uniqueId, withApiKey } from "../harness.ts";
import { type Access, RIGHTS } from "./route-table.ts";
import { joinAs } from "./session.ts";

export const ROLES: Role[] = ["owner", "admin", "member"];
export const SCOPES: Scope[] = ["chat", "read", "write"];

/** Somebody by what they may: a member by their role, a key by its scopes. */
export type Caller = { name: string; client: TestTenant; may: { role: Role } | { scopes: Scope[] } };

/** What the table says of a caller. */
export function isAllowed({ may }: Pick<Caller, "may">, access: Access): boolean {
  if (access === "open" || access === "signed") return true;
  const { least, scopes }: { least: Role; scopes: Scope[] } = RIGHTS[access];
  if ("role" in may) return ROLES.indexOf(may.role) <= ROLES.indexOf(least);
  return may.scopes.some((scope) => scopes.includes(scope));
}

/** One organisation's member of each role, and a key of each scope. */
export async function createCallers(): Promise<[owner: Caller, ...others: Caller[]]> {
  const organizationId = uniqueId("org");
  const join = async (role: Role): Promise<Caller> => {
    const client = await joinAs(role, uniqueId("user"), organizationId);
    // The first visit makes them a member.
    await client.json("GET", "/members");
    return { name: role, client, may: { role } };
  };
  const [owner, admin, member] = [await join("owner"), await join("admin"), await join("member")];
  const keys: Caller[] = [];
  for (const scope of SCOPES) {
    const client = await withApiKey(owner.client, { scopes: [scope] });
    keys.push({ name: `a key for ${scope}`, client, may: { scopes: [scope] } });
  }
  return [owner, admin, member, ...keys];
}
