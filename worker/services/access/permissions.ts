import type { Actor, Role, Scope, TenantContext } from "../../context.ts";
import { AppError } from "../../errors.ts";

const ALL: Role[] = ["owner", "admin", "member"];
const MANAGERS: Role[] = ["owner", "admin"];

/** Who may do what. Each verb asks for its own line; what isn't here is allowed to nobody. */
export const PERMISSIONS = {
  /** Collections, documents, search, usage: to look. */
  "library.read": { roles: ALL, scopes: ["read", "write"] },
  /** To add and rename collections, to add and delete documents. */
  "library.write": { roles: ALL, scopes: ["write"] },
  /** To delete a collection with all that is in it. */
  "collections.delete": { roles: MANAGERS, scopes: ["write"] },
  "assistants.read": { roles: ALL, scopes: ["chat", "read", "write"] },
  "assistants.manage": { roles: MANAGERS, scopes: ["write"] },
  /** To ask one that isn't saved: whoever edits it, signed in. */
  "assistants.preview": { roles: MANAGERS, scopes: [] },
  /** To ask, and to read back one's own conversations. */
  chat: { roles: ALL, scopes: ["chat"] },
  "members.read": { roles: ALL, scopes: [] },
  "tenant.manage": { roles: MANAGERS, scopes: [] },
  /** To take everything out: all that the tenant's people wrote and uploaded. */
  "tenant.export": { roles: MANAGERS, scopes: [] },
  /** To end it with all that is stored. */
  "tenant.erase": { roles: ["owner"], scopes: [] },
  "api_keys.manage": { roles: MANAGERS, scopes: [] },
  "billing.manage": { roles: MANAGERS, scopes: [] },
  "audit.read": { roles: ["owner"], scopes: [] },
} as const satisfies Record<string, { roles: readonly Role[]; scopes: readonly Scope[] }>;

export type Permission = keyof typeof PERMISSIONS;

/** Throws `forbidden`, saying what it takes, unless the caller's role or key allows this. */
export function requirePermission({ actor }: Pick<TenantContext, "actor">, permission: Permission): void {
  if (!allows(actor, permission)) throw new AppError("forbidden", refusal(actor, permission));
}

/** Whether the caller's role or key allows this. */
export function allows(actor: Actor, permission: Permission): boolean {
  const { roles, scopes }: { roles: readonly Role[]; scopes: readonly Scope[] } = PERMISSIONS[permission];
  switch (actor.kind) {
    case "user":
      return roles.includes(actor.role);
    case "key":
      return actor.scopes.some((scope) => scopes.includes(scope));
    case "system":
      return true;
  }
}

function refusal(actor: Actor, permission: Permission): string {
  const { roles, scopes } = PERMISSIONS[permission];
  if (actor.kind === "user") return `Your role is ${actor.role}; this takes ${roles.join(" or ")}.`;
  if (scopes.length === 0) return "API keys can't do this; sign in.";
  return `This API key lacks the scope for this: ${scopes.join(" or ")}.`;
}
