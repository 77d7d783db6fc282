import { env, exports } from "cloudflare:workers";
import { expect } from "vitest";
import { type ClerkKeys, withInstance } from "../../dev/clerk/keys.ts";
import { type SessionClaims, signSessionToken } from "../../dev/clerk/session-token.ts";
import { openDatabase } from "../db/client.ts";
import { organizationTenantId } from "../services/tenants/enter-organization.ts";

export type Json = Record<string, unknown>;

/** A tenant of its own for one test, and what can be asked in its name. */
export type TestTenant = {
  id: string;
  request(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  /** As `request`, for answers that must be 2xx. */
  json<T = Json>(method: string, path: string, body?: unknown): Promise<T>;
};

/** Sends a request to the Worker under test. */
export function send(path: string, init?: RequestInit): Promise<Response> {
  return exports.default.fetch(new Request(`http://ancre.test${path}`, init));
}

/** Statements as the role that owns the tables: what no tenant may do, for checking what is stored. */
export function asOwner() {
  return openDatabase(env.OWNER_DATABASE_URL, env.NEON_FETCH_ENDPOINT).$client;
}

export async function createTenant(name = "Test tenant"): Promise<TestTenant> {
  const created = await send("/api/v1/tenants", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ name }),
  });
  expect(created.status).toBe(201);
  const { id } = (await created.json()) as { id: string };
  return tenantClient(id);
}

/** What can be asked of a tenant by the dev user, or with other headers by somebody else. */
export function tenantClient(
  id: string,
  headers: Record<string, string> = { "X-Tenant-Id": id },
): TestTenant {
  const request: TestTenant["request"] = (method, path, body, extra = {}) => {
    const form = body instanceof FormData;
    const raw = body instanceof Uint8Array;
    const type: Record<string, string> =
      body && !form ? { "Content-Type": raw ? "application/octet-stream" : "application/json" } : {};
    return send(`/api/v1${path}`, {
      method,
      headers: { ...headers, ...type, ...extra },
      body: body === undefined ? undefined : form || raw ? body : JSON.stringify(body),
    });
  };
  return {
    id,
    request,
    async json<T>(method: string, path: string, body?: unknown) {
      const response = await request(method, path, body);
      const text = await response.text();
      expect(response.ok, `${method} ${path} → ${response.status} ${text}`).toBe(true);
      return (text ? JSON.parse(text) : undefined) as T;
    },
  };
}

export type DocumentJson = {
  id: string;
  status: string;
  error_code: string | null;
  error_message: string | null;
  failed_step: string | null;
  pages_total: number | null;
  chunks_total: number | null;
  chunks_done: number;
  media_type: string;
};

/** Uploads a file and waits until its document is ready or failed. */
export async function ingest(
  tenant: TestTenant,
  collectionId: string,
  filename: string,
  content: string | Uint8Array,
): Promise<DocumentJson> {
  const form = new FormData();
  form.set("file", new File([content], filename));
  const { id } = await tenant.json<DocumentJson>("POST", `/documents/upload/${collectionId}`, form);
  return untilSettled(tenant, id);
}

export async function untilSettled(tenant: TestTenant, id: string): Promise<DocumentJson> {
  for (let look = 0; look < 1_200; look++) {
    const document = await tenant.json<DocumentJson>("GET", `/documents/${id}`);
    if (document.status === "ready" || document.status === "failed") return document;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`document ${id} did not settle`);
}

export type DeletionJson = {
  id: string;
  subject: string;
  subject_id: string;
  parent_id: string | null;
  state: string;
  figures: {
    vectors: FigureJson;
    objects: FigureJson;
    rows: FigureJson & { by_table: Record<string, FigureJson> };
  } | null;
  completed_at: string | null;
};

export type FigureJson = { expected: number; purged: number; remaining: number };

/** Waits until a deletion's receipt says that nothing is left. */
export async function untilComplete({ json }: Pick<TestTenant, "json">, id: string): Promise<DeletionJson> {
  for (let look = 0; look < 1_200; look++) {
    const deletion = await json<DeletionJson>("GET", `/deletions/${id}`);
    if (deletion.state === "complete") return deletion;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`deletion ${id} is not complete`);
}

/** A collection, an assistant over it, and documents in it. */
export async function createLibrary(
  tenant: TestTenant,
  files: Record<string, string | Uint8Array>,
  assistant: Json = {},
) {
  const collection = await tenant.json<{ id: string }>("POST", "/collections", { name: "Library" });
  const documents = [];
  for (const [filename, content] of Object.entries(files)) {
    documents.push(await ingest(tenant, collection.id, filename, content));
  }
  const { id: assistantId } = await tenant.json<{ id: string }>("POST", "/assistants", {
    name: "Reader",
    collection_ids: [collection.id],
    ...assistant,
  });
  return { collectionId: collection.id, assistantId, documents };
}

export type SentEvent = { event: string; data: Json };

/** The events of a finished stream, comments left out. */
export function parseEvents(text: string): SentEvent[] {
  return text.split("\n\n").flatMap((block) => {
    const [, event = "", data = ""] = /^(?:id: .+\n)?event: (.+)\ndata: (.+)$/.exec(block) ?? [];
    return event === "" ? [] : [{ event, data: JSON.parse(data) as Json }];
  });
}

export type SessionOptions = Partial<SessionClaims> & { user: string; role?: string };

/** The origin that the Worker under test accepts session tokens for. */
export const PARTY = "https://app.ancre.test";

/** The keys that the Worker under test trusts, and can be told things with. */
export function clerkKeys(): ClerkKeys {
  return withInstance({
    privateKey: env.CLERK_PRIVATE_KEY,
    jwtKey: env.CLERK_JWT_KEY,
    webhookSecret: env.CLERK_WEBHOOK_SECRET,
  });
}

/** A session token as Clerk would sign it. */
export function sessionToken({ user, ...claims }: SessionOptions): Promise<string> {
  return signSessionToken(clerkKeys(), { azp: PARTY, ...claims, userId: user });
}

/** An organisation of its own for one test, and somebody signed in to it. */
export async function signIn(
  user: string,
  organization: { id: string; slug?: string },
  role: "owner" | "admin" | "member",
): Promise<TestTenant> {
  const { id, slug = id } = organization;
  // Longer than Clerk's: a test on a busy machine may take minutes.
  const token = await sessionToken({ user, org: { id, slug, role: `org:${role}` }, expiresInSeconds: 900 });
  return tenantClient(await organizationTenantId(id), { Authorization: `Bearer ${token}` });
}

/** A bearer of an API key of a tenant. */
export async function withApiKey(
  tenant: TestTenant,
  input: Json,
): Promise<TestTenant & { keyId: string; key: string }> {
  const made = await tenant.json<{ id: string; key: string }>("POST", "/api-keys", {
    name: "Test",
    ...input,
  });
  const client = tenantClient(tenant.id, { Authorization: `Bearer ${made.key}` });
  return { ...client, keyId: made.id, key: made.key };
}

/** Ids of people and organisations that no other test has. */
export function uniqueId(prefix: "user" | "org"): string {
  return `${prefix}_${crypto.randomUUID().replaceAll("-", "")}`;
}
