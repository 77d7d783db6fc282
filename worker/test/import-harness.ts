import { createExecutionContext, createMessageBatch, getQueueResult } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import worker from "../index.ts";
import type { Json, TestTenant } from "./harness.ts";

export type ImportJson = {
  id: string;
  kind: string;
  source: string;
  state: string;
  error_code: string | null;
  error_message: string | null;
  counts: Record<string, number | null>;
  eta_seconds: number | null;
};

export type EntryJson = {
  id: string;
  name: string;
  folder: string;
  state: string;
  document_id: string | null;
  error_code: string | null;
  error_message: string | null;
};

export async function newCollection(tenant: TestTenant): Promise<string> {
  return (await tenant.json<{ id: string }>("POST", "/collections", { name: "Imported" })).id;
}

/** A request's files, by name. */
export function filesForm(collectionId: string, files: Record<string, string | Uint8Array>): FormData {
  const form = new FormData();
  form.set("collection_id", collectionId);
  for (const [name, content] of Object.entries(files)) form.append("file", new File([content], name));
  return form;
}

/** Starts an import and waits for its end. */
export async function runImport(tenant: TestTenant, body: Json | FormData): Promise<ImportJson> {
  const { id } = await tenant.json<ImportJson>("POST", "/imports", body);
  return untilFinal(tenant, id);
}

export async function untilFinal(tenant: TestTenant, id: string): Promise<ImportJson> {
  for (let look = 0; look < 600; look++) {
    const found = await tenant.json<ImportJson>("GET", `/imports/${id}`);
    if (["done", "failed", "cancelled"].includes(found.state)) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`import ${id} has no end`);
}

/** Every entry of an import, page by page. */
export async function entriesOf(tenant: TestTenant, id: string, state = ""): Promise<EntryJson[]> {
  const found: EntryJson[] = [];
  for (let cursor = ""; ; ) {
    const query = new URLSearchParams({ limit: "7", ...(state && { state }), ...(cursor && { cursor }) });
    const page = await tenant.json<{ data: EntryJson[]; next_cursor: string | null }>(
      "GET",
      `/imports/${id}/entries?${query}`,
    );
    found.push(...page.data);
    if (page.next_cursor === null) return found;
    cursor = page.next_cursor;
  }
}

/** What became of each entry: its state and, if there is one, why. */
export async function outcomesOf(tenant: TestTenant, id: string): Promise<Record<string, string>> {
  const entries = await entriesOf(tenant, id);
  for (const { name, state, error_code, error_message } of entries) {
    if (error_code !== null) expect(error_message, name).toMatch(/^[A-Z].+\.$/);
    else expect(state, name).not.toMatch(/failed|skipped/);
  }
  return Object.fromEntries(
    entries.map(({ folder, name, state, error_code }) => [
      folder ? `${folder}/${name}` : name,
      error_code ? `${state} ${error_code}` : state,
    ]),
  );
}

/** The Worker with a queue that forgets all it is told about imports: nothing happens to them but what a test does. */
const QUIET = { ...env, IMPORT_QUEUE: { send: async () => {} } };

/** Starts an import that nobody works at until somebody looks. */
export async function startQuietly(tenant: TestTenant, body: FormData): Promise<ImportJson> {
  const headers = { "X-Tenant-Id": tenant.id };
  const request = new Request("http://ancre.test/api/v1/imports", { method: "POST", headers, body });
  const response = await worker.fetch(request as never, QUIET, createExecutionContext());
  expect(response.status).toBe(202);
  return (await response.json()) as ImportJson;
}

/** As `look`, without anything that follows from it. */
export async function lookQuietly(tenant: TestTenant, importId: string) {
  return look(tenant, importId, QUIET);
}

/** Hands the imports' consumer a message as the queue would. */
export async function look(tenant: TestTenant, importId: string, raw: object = env) {
  const body = { v: 1, tenant_id: tenant.id, import_id: importId };
  const batch = createMessageBatch("ancre-import", [
    { id: crypto.randomUUID(), timestamp: new Date(), attempts: 1, body },
  ]);
  await worker.queue(batch as never, raw as never);
  return getQueueResult(batch, createExecutionContext());
}

/** What R2 keeps under a tenant's imports. */
export async function storedOfImports(tenant: TestTenant): Promise<string[]> {
  const bucket = (env as unknown as { FILES: R2Bucket }).FILES;
  const { objects } = await bucket.list({ prefix: `t/${tenant.id}/imports/` });
  return objects.map(({ key }) => key);
}
