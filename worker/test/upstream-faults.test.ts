import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { createChatModel } from "../adapters/openai/chat-model.ts";
import { lazyOpenAI } from "../adapters/openai/client.ts";
import { createApp } from "../app.ts";
import { parseEnv } from "../env.ts";
import { wire } from "../wiring.ts";
import { deploy } from "./hand-turned.ts";
import {
  asOwner,
  createLibrary,
  createTenant,
  type Json,
  parseEvents,
  type SentEvent,
  type TestTenant,
} from "./harness.ts";
import { type Fault, type Faults, recordableFetch, recording } from "./outbound.ts";
import { qdrantStandIn } from "./qdrant-stand-in.ts";

const NOTE = "# Cave\n\nLa cave est gardée à douze degrés toute l’année.";
const QUESTION = "À combien de degrés la cave est-elle gardée ?";
/** What of a question's content a log must not hold. */
const CONTENT = /degrés|douze|cave est/i;

/** Milliseconds that a busy machine may add to a bound. */
const SLACK_MS = 6_000;
/** The bounds of decision 029. */
const EMBEDDING_MS = 6_000;
const STORE_MS = 4_000;
const TRIP_MS = 10_000;
const SETTLE_MS = 2_000;
/** The model's, shortened: what they are doesn't change what they do. */
const BOUNDS = { firstText: 1_500, gap: 1_000, whole: 4_000 };

const restore: Array<() => void> = [];
const logged: string[] = [];
beforeAll(() => {
  restore.push(recordableFetch());
  for (const level of ["log", "error"] as const) {
    const silenced = vi.spyOn(console, level).mockImplementation((line) => void logged.push(String(line)));
    restore.push(() => silenced.mockRestore());
  }
});
beforeEach(() => {
  logged.length = 0;
});
afterAll(() => {
  for (const undo of restore) undo();
});

type Asked = { status: number; text: string; events: SentEvent[]; ms: number; lines: Json[] };

/** Asks a Worker of its own, whose outside fails as told. */
async function ask(
  tenantId: string,
  assistantId: string,
  faults: Faults,
  variables: Json = {},
  streams = true,
): Promise<Asked> {
  const raw = { ...env, ...variables } as Record<string, unknown>;
  const settings = parseEnv(raw);
  const wiring = wire(settings);
  const openai = lazyOpenAI({ apiKey: settings.OPENAI_API_KEY, baseURL: settings.OPENAI_BASE_URL });
  const chat = createChatModel(openai, { model: settings.LLM_MODEL, bounds: BOUNDS });
  const app = createApp({ ...wiring, forTenant: (request) => ({ ...wiring.forTenant(request), chat }) });
  const began = Date.now();
  const { result } = recording(async () => {
    const request = new Request(`http://ancre.test/api/v1/chat/${assistantId}${streams ? "/stream" : ""}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Tenant-Id": tenantId },
      body: JSON.stringify({ message: QUESTION }),
    });
    const response = await app.fetch(request, raw, createExecutionContext());
    const text = await response.text();
    return { status: response.status, text, events: parseEvents(text), ms: Date.now() - began };
  }, faults);
  const asked = await result;
  const lines = logged.map((line) => JSON.parse(line) as Json);
  return { ...asked, lines: lines.filter(({ event }) => event === "request") };
}

async function library(): Promise<{ tenant: TestTenant; assistantId: string }> {
  const tenant = await createTenant();
  const { assistantId } = await createLibrary(tenant, { "cave.md": NOTE });
  logged.length = 0;
  return { tenant, assistantId };
}

/** What is kept of the only question of a tenant. */
async function kept(tenantId: string) {
  const sql = asOwner();
  const [message] = await sql`
    select status, usage, counted from messages where tenant_id = ${tenantId} order by created_at desc`;
  const [counter] = await sql`select coalesce(sum(used), 0)::int as used from usage_counters
    where tenant_id = ${tenantId} and metric = 'questions' and period <> 'total'`;
  return { message, used: counter?.used };
}

function expectFullText({ events, lines }: Asked): void {
  expect(events.at(-1)).toMatchObject({
    event: "done",
    data: { refused: false, usage: { retrieval: "full_text" }, receipt: { retrieval: "full_text" } },
  });
  expect(events.some(({ event }) => event === "citation")).toBe(true);
  expect(lines).toEqual([
    expect.objectContaining({ retrieval: "full_text", answer: "complete", degraded_by: expect.anything() }),
  ]);
}

function expectError({ events, text, lines }: Asked): void {
  expect(events.filter(({ event }) => ["done", "error"].includes(event))).toHaveLength(1);
  expect(events.at(-1)).toMatchObject({
    event: "error",
    data: { code: "upstream_unavailable", status: 503, timings: { total: expect.any(Number) } },
  });
  expect(text).not.toMatch(/secret detail|insert|select/i);
  expect(lines).toEqual([expect.objectContaining({ answer: "failed" })]);
  expect(logged.join("\n")).not.toMatch(CONTENT);
}

test.each<[string, Fault, number]>([
  ["hangs", "hang", EMBEDDING_MS],
  ["resets", "reset", EMBEDDING_MS],
  ["answers 500", { status: 500 }, EMBEDDING_MS],
  ["answers too late", { delayMs: EMBEDDING_MS + 1_000 }, EMBEDDING_MS],
])("an embedding that %s leaves full text alone, and the receipt says so", async (_, fault, bound) => {
  const { tenant, assistantId } = await library();
  const asked = await ask(tenant.id, assistantId, [{ to: "embedding", fault }]);
  expectFullText(asked);
  expect(asked.ms).toBeLessThan(bound + SLACK_MS);
  expect(await kept(tenant.id)).toMatchObject({
    message: { status: "complete", usage: { retrieval: "full_text", embedding_tokens: 0 } },
    used: 1,
  });
});

test("what is merely slow is waited for, and nothing is said of it", async () => {
  const { tenant, assistantId } = await library();
  const slow = (["embedding", "database", "model"] as const).map((to) => ({ to, fault: { delayMs: 300 } }));
  const { events, lines } = await ask(tenant.id, assistantId, slow);
  expect(events.at(-1)).toMatchObject({ event: "done", data: { receipt: { retrieval: "hybrid" } } });
  expect(events.at(-1)?.data.usage).not.toHaveProperty("retrieval");
  expect(lines).toEqual([expect.objectContaining({ retrieval: "hybrid" })]);
});

test.each<[string, Fault]>([
  ["hangs", "hang"],
  ["resets", "reset"],
  ["answers 500", { status: 500 }],
  ["answers too late", { delayMs: STORE_MS + 1_000 }],
])("an external store that %s leaves full text alone within its bound", async (_, fault) => {
  const { url, apiKey } = qdrantStandIn();
  const variables = {
    VECTOR_STORE: "qdrant",
    QDRANT_URL: url,
    QDRANT_API_KEY: apiKey,
    EMBEDDING_MODEL: `faults-${crypto.randomUUID()}`,
    EMBEDDING_DIMENSIONS: "64",
  };
  const here = await deploy(variables);
  await here.upload(NOTE);
  await here.finish();
  const assistant = await here.json<{ id: string }>("POST", "/assistants", {
    name: "Reader",
    collection_ids: [here.collectionId],
  });
  logged.length = 0;
  const asked = await ask(here.tenantId, assistant.id, [{ to: "vectors", fault }], variables);
  expectFullText(asked);
  expect(asked.ms).toBeLessThan(STORE_MS + SLACK_MS);
});

test("a database that refuses the half about vectors still answers the other one", async () => {
  const { tenant, assistantId } = await library();
  const cancelled = { message: "canceling statement due to statement timeout", code: "57014" };
  const fault = { status: 400, body: cancelled };
  expectFullText(await ask(tenant.id, assistantId, [{ to: "database", like: /nearest_chunks/, fault }]));
});

test.each<[string, Fault]>([
  ["hangs", "hang"],
  ["resets", "reset"],
  ["answers 500", { status: 500 }],
])(
  "a database that %s during retrieval ends the stream within its bound, and gives the question back",
  async (_, fault) => {
    const { tenant, assistantId } = await library();
    const asked = await ask(tenant.id, assistantId, [{ to: "database", like: /nearest_chunks/, fault }]);
    expectError(asked);
    expect(asked.ms).toBeLessThan(TRIP_MS + SETTLE_MS + SLACK_MS);
    expect(await kept(tenant.id)).toMatchObject({ message: { status: "failed", counted: false }, used: 0 });
  },
);

test("a database that goes away for good after opening keeps nobody waiting to hear of it", async () => {
  const { tenant, assistantId } = await library();
  const gone: Faults = [{ to: "database", like: /nearest_chunks|record_usage|release_usage/, fault: "hang" }];
  const asked = await ask(tenant.id, assistantId, gone);
  expectError(asked);
  expect(asked.ms).toBeLessThan(TRIP_MS + SETTLE_MS + SLACK_MS);
  // Held until the sweep gives it back.
  expect((await kept(tenant.id)).message).toBeUndefined();
});

test.each<[string, Fault]>([
  ["resets", "reset"],
  ["answers 500", { status: 500 }],
])("a database that %s before anything began is a plain problem with its timings", async (_, fault) => {
  const { tenant, assistantId } = await library();
  for (const streams of [true, false]) {
    logged.length = 0;
    const like = /reserve_usage/;
    const asked = await ask(tenant.id, assistantId, [{ to: "database", like, fault }], {}, streams);
    expect(asked.status).toBe(503);
    expect(JSON.parse(asked.text)).toMatchObject({
      code: "upstream_unavailable",
      timings: { auth: expect.any(Number), total: expect.any(Number), first_token: null },
    });
    expect(asked.lines).toEqual([expect.objectContaining({ status: 503, tenant_id: tenant.id })]);
    expect(logged.join("\n")).not.toMatch(CONTENT);
  }
});

test.each<[string, Fault, number]>([
  ["never begins", "hang", BOUNDS.firstText],
  ["goes silent", "silent", BOUNDS.firstText + BOUNDS.gap],
  ["never stops", "endless", BOUNDS.whole],
  ["resets", "reset", BOUNDS.firstText],
  ["answers 500", { status: 500 }, BOUNDS.firstText],
  ["begins too late", { delayMs: BOUNDS.firstText + 1_000 }, BOUNDS.firstText],
])("a model that %s ends the stream with an error within its bound", async (_, fault, bound) => {
  const { tenant, assistantId } = await library();
  const asked = await ask(tenant.id, assistantId, [{ to: "model", fault }]);
  expectError(asked);
  expect(asked.ms).toBeLessThan(bound + SETTLE_MS + SLACK_MS);
  expect(asked.events.map(({ event }) => event).slice(0, 2)).toEqual(["start", "sources"]);
  expect(await kept(tenant.id)).toMatchObject({ message: { status: "failed" }, used: 0 });
});
