import {
  createExecutionContext,
  createMessageBatch,
  createScheduledController,
  getQueueResult,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import type { TenantContext } from "../context.ts";
import { parseEnv } from "../env.ts";
import worker from "../index.ts";
import { systemContext } from "../ingest/system-context.ts";
import { wire } from "../wiring.ts";
import { asOwner, type DocumentJson, type Json } from "./harness.ts";

export const DIMENSIONS = 64;

export type SearchHit = {
  document_id: string;
  version: number;
  filename: string;
  text: string;
  page: number;
  lexical_score: number | null;
  dense_score: number | null;
};

export type Deployment = Awaited<ReturnType<typeof deploy>>;

/**
 * A deployment with variables of its own and a queue that a test turns by hand, and a tenant in it with one collection:
 * a new one unless another deployment's is given.
 */
export async function deploy(variables: Json = {}, of?: { tenantId: string; collectionId: string }) {
  const queue: unknown[] = [];
  const raw = {
    ...env,
    EMBEDDING_DIMENSIONS: String(DIMENSIONS),
    ...variables,
    INGEST_QUEUE: {
      send: async (body: unknown) => void queue.push(body),
      sendBatch: async (messages: Iterable<{ body: unknown }>) => {
        for (const { body } of messages) queue.push(body);
      },
    },
  } as Record<string, unknown>;
  let tenantId = of?.tenantId ?? "";

  async function request(method: string, path: string, body?: unknown): Promise<Response> {
    const form = body instanceof FormData;
    const headers = {
      ...(tenantId ? { "X-Tenant-Id": tenantId } : {}),
      ...(body && !form ? { "Content-Type": "application/json" } : {}),
    };
    const init = { method, headers, ...(body ? { body: form ? body : JSON.stringify(body) } : {}) };
    const url = `http://ancre.test/api/v1${path}`;
    return worker.fetch(new Request(url, init) as never, raw, createExecutionContext());
  }

  async function json<T = Json>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await request(method, path, body);
    const text = await response.text();
    expect(response.ok, `${method} ${path} → ${response.status} ${text}`).toBe(true);
    return (text ? JSON.parse(text) : undefined) as T;
  }

  /** Hands over what is queued, once, when every wait is over; what is to be retried is queued again. */
  async function turn(): Promise<void> {
    await asOwner()`update ingest_jobs set ready_at = least(ready_at, now()) where tenant_id = ${tenantId}`;
    const messages = queue
      .splice(0)
      .map((body, index) => ({ id: String(index), timestamp: new Date(), attempts: 1, body }));
    const batch = createMessageBatch("ancre-ingest", messages);
    await worker.queue(batch as never, raw);
    const { retryMessages } = await getQueueResult(batch, createExecutionContext());
    for (const { msgId } of retryMessages) queue.push(messages[Number(msgId)]?.body);
  }

  tenantId ||= (await json<{ id: string }>("POST", "/tenants", { name: "By hand" })).id;
  const collectionId =
    of?.collectionId ?? (await json<{ id: string }>("POST", "/collections", { name: "Library" })).id;

  const fileOf = (content: string, name: string) => {
    const form = new FormData();
    form.set("file", new File([content], name));
    return form;
  };
  return {
    tenantId,
    collectionId,
    queue,
    request,
    json,
    turn,
    async upload(content: string, name = "note.md", collection = collectionId): Promise<string> {
      const path = `/documents/upload/${collection}`;
      return (await json<DocumentJson>("POST", path, fileOf(content, name))).id;
    },
    replace: (id: string, content: string, name = "note.md") =>
      request("PUT", `/documents/${id}/content`, fileOf(content, name)),
    async finish(): Promise<void> {
      for (let turns = 0; queue.length > 0 && turns < 20; turns++) await turn();
      expect(queue).toEqual([]);
    },
    /** The scheduled sweep, as if every job of this tenant were due. */
    async sweep(): Promise<void> {
      await asOwner()`update ingest_jobs set due_at = now() - interval '1 second', ready_at = least(ready_at, now()), claimed_until = null
        where tenant_id = ${tenantId}`;
      await worker.scheduled(createScheduledController(), raw as never);
    },
    search: async (query: string) =>
      (await json<{ data: SearchHit[] }>("POST", "/search", { query, top_k: 20 })).data,
    kept: () => asOwner()`select * from chunk_embeddings where tenant_id = ${tenantId}`,
    /** What the consumer works with. */
    context: (): TenantContext => systemContext(wire(parseEnv(raw)), tenantId),
  };
}
