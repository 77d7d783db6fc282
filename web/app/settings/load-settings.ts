import { readJson } from "../api/client.ts";
import { ApiProblem } from "../api/problem.ts";
import type {
  ApiKey,
  Assistant,
  AuditAction,
  AuditRecord,
  Deletion,
  List,
  Member,
  OwnMembership,
  Tenant,
} from "../api/shapes.ts";
import { loadWords } from "../i18n/load-words.ts";

/** Who the reader is, and the workspace on show: what every section stands on. */
export type SettingsData = { me: OwnMembership; tenant: Tenant };

/** Throws `ApiProblem`. */
export async function loadSettings(): Promise<SettingsData> {
  const [me] = await Promise.all([readJson<OwnMembership>("/members/me"), loadWords("settings", "deletion")]);
  return { me, tenant: await readJson<Tenant>(`/tenants/${me.tenant_id}`) };
}

export async function loadMembers(): Promise<Member[]> {
  const [{ data }] = await Promise.all([readJson<List<Member>>("/members"), loadWords("settings")]);
  return data;
}

export type KeysData = { keys: List<ApiKey>; assistants: Assistant[] };

/** Null for a role that may not see them. Throws `ApiProblem`. */
export async function loadKeys(): Promise<KeysData | null> {
  const [keys, assistants] = await Promise.all([
    readJson<List<ApiKey>>(keysPath()).catch(nullIfForbidden),
    readJson<List<Assistant>>("/assistants?limit=100"),
    loadWords("settings"),
  ]);
  return keys && { keys, assistants: assistants.data };
}

export function keysPath(cursor: string | null = null): string {
  return `/api-keys?limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`;
}

/** `names` of members, API keys and assistants by their ids. */
export type AuditData = {
  action: AuditAction | null;
  page: List<AuditRecord>;
  names: Map<string, string>;
};

/** Null for a role that may not read it. Throws `ApiProblem`. */
export async function loadAudit(action: AuditAction | null): Promise<AuditData | null> {
  const [page, keys, assistants, members] = await Promise.all([
    readJson<List<AuditRecord>>(auditPath(action)).catch(nullIfForbidden),
    readJson<List<ApiKey>>(keysPath()).catch(nullIfForbidden),
    readJson<List<Assistant>>("/assistants?limit=100"),
    readJson<List<Member>>("/members"),
    loadWords("settings"),
  ]);
  const people = members.data.map(({ user_id: id, name, email }) => ({ id, name: name || email || id }));
  const named = [...(keys?.data ?? []), ...assistants.data, ...people];
  return page && { action, page, names: new Map(named.map(({ id, name }) => [id, name])) };
}

export function auditPath(action: AuditAction | null, cursor: string | null = null): string {
  const search = new URLSearchParams({ limit: "50" });
  if (action) search.set("action", action);
  if (cursor) search.set("cursor", cursor);
  return `/audit-log?${search}`;
}

/** The receipt of a workspace that the reader deleted. Throws `ApiProblem`. */
export async function loadErasure(tenantId: string): Promise<Deletion> {
  const [deletion] = await Promise.all([
    readJson<Deletion>(erasurePath(tenantId)),
    loadWords("settings", "deletion"),
  ]);
  return deletion;
}

export function erasurePath(tenantId: string): string {
  return `/tenants/${encodeURIComponent(tenantId)}/deletion`;
}

function nullIfForbidden(error: unknown): null {
  if (error instanceof ApiProblem && error.code === "forbidden") return null;
  throw error;
}
