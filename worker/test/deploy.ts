import { createExecutionContext, createMessageBatch, getQueueResult } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { parseEnv } from "../env.ts";
import worker from "../index.ts";
import { systemContext } from "../ingest/system-context.ts";
import { wire } from "../wiring.ts";
import { asOwner, type DocumentJson, type Json } from "./harness.ts";

/** Numbers of a vector in these deployments: few, so that stand-ins are quick. */
export const DEPLOYED_DIMENSIONS = 64;

type SearchHit = { document_id: string; lexical_score: number | null; dense_score: number | null };

/** A deployment with another vector store, one tenant in it, and a queue that a test turns by hand. */
export async function deploy(variables: Json = {}) {
  const queue: unknown[] = [];
  const raw = {
    ...env,
    EMBEDDING_DIMENSIONS: String(DEPLOYED_DIMENSIONS),
    ...variables,
    INGEST_QUEUE: {
      send: async (body: unknown) => void queue.push(body),
      sendBatch: async (messages: Iterable<{ body: unknown }>) => {
        for (const { body } of messages) queue.push(body);
      },
    },
  } as Record<string, unknown>;
  let tenantId = "";

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

  /** Hands over what is queued, once; what is to be retried is queued again. */
  async function turn(): Promise<void> {
    const messages = queue
      .splice(0)
      .map((body, index) => ({ id: String(index), timestamp: new Date(), attempts: 1, body }));
    const batch = createMessageBatch("ancre-ingest", messages);
    await worker.queue(batch as never, raw);
    const { retryMessages } = await getQueueResult(batch, createExecutionContext());
    for (const { msgId } of retryMessages) queue.push(messages[Number(msgId)]?.body);
  }

  tenantId = (await json<{ id: string }>("POST", "/tenants", { name: "Stores" })).id;
  const collection = await json<{ id: string }>("POST", "/collections", { name: "Library" });
  return {
    tenantId,
    collectionId: collection.id,
    queue,
    /** What a consumer of this deployment works with. */
    context: () => systemContext(wire(parseEnv(raw)), tenantId),
    request,
    json,
    turn,
    async upload(content: string, filename = "note.md"): Promise<string> {
      const form = new FormData();
      form.set("file", new File([content], filename));
      const path = `/documents/upload/${collection.id}`;
      return (await json<DocumentJson>("POST", path, form)).id;
    },
    async finish(): Promise<void> {
      for (let turns = 0; queue.length > 0 && turns < 20; turns++) await turn();
      expect(queue).toEqual([]);
    },
    search: async (query: string) => (await json<{ data: SearchHit[] }>("POST", "/search", { query })).data,
    kept: () => asOwner()`select * from chunk_embeddings where tenant_id = ${tenantId}`,
  };
}
