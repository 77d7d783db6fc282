import { createScheduledController } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import worker from "../index.ts";
import { monthOf } from "../services/usage/period.ts";
import { PLANS } from "../services/usage/plans.ts";
import {
  asOwner,
  createLibrary,
  createTenant,
  ingest,
  type Json,
  parseEvents,
  signIn,
  type TestTenant,
  uniqueId,
} from "./harness.ts";

const LIMIT = PLANS.free.limits.questions;

/** Leaves `left` questions of the plan's month. */
async function leaveQuestions(tenant: TestTenant, left: number): Promise<void> {
  await asOwner()`
    insert into usage_counters (tenant_id, period, metric, used)
    values (${tenant.id}, ${monthOf(new Date())}, 'questions', ${LIMIT - left})
    on conflict (tenant_id, period, metric) do update set used = excluded.used`;
}

async function used(tenant: TestTenant, metric: string): Promise<number | undefined> {
  const { metrics } = await tenant.json<{ metrics: Array<{ metric: string; used: number }> }>(
    "GET",
    "/usage",
  );
  return metrics.find((row) => row.metric === metric)?.used;
}

async function library(assistant: Json = {}) {
  const tenant = await createTenant();
  const { assistantId, collectionId } = await createLibrary(
    tenant,
    { "notice.md": "# Notice\n\nThe notice period is three months." },
    assistant,
  );
  return { tenant, assistantId, collectionId, path: `/chat/${assistantId}` };
}

const QUESTION = { message: "How long is the notice period?" };

test("a burst at the edge of the limit is answered exactly as often as the plan allows", async () => {
  const { tenant, path } = await library();
  await leaveQuestions(tenant, 3);
  const statuses = await Promise.all(
    Array.from({ length: 12 }, async () => (await tenant.request("POST", path, QUESTION)).status),
  );
  expect(statuses.filter((status) => status === 200)).toHaveLength(3);
  expect(statuses.filter((status) => status === 402)).toHaveLength(9);
  expect(await used(tenant, "questions")).toBe(LIMIT);
});

test("a reached limit names itself, its use, its reset and how to have more", async () => {
  const { tenant, path } = await library();
  await leaveQuestions(tenant, 0);
  for (const route of [path, `${path}/stream`]) {
    const refused = await tenant.request("POST", route, QUESTION);
    expect(refused.status).toBe(402);
    const problem = (await refused.json()) as Json & { detail: string };
    expect(problem).toMatchObject({
      code: "quota_exceeded",
      quota: {
        metric: "questions",
        plan: "free",
        used: LIMIT,
        requested: 1,
        limit: LIMIT,
        resets_at: expect.stringMatching(/^\d{4}-\d\d-01T00:00:00.000Z$/),
        upgrade: { plan: "pro", limit: PLANS.pro.limits.questions, url: "/api/v1/billing/checkout" },
      },
    });
    expect(problem.detail).toContain("2,000 questions");
  }
});

test("an answer that failed gives its question back and still shows what it took", async () => {
  const { tenant, assistantId, path } = await library({ model: "fault-500" });
  const before = await used(tenant, "questions");
  expect((await tenant.request("POST", path, QUESTION)).status).toBe(503);
  expect(await used(tenant, "questions")).toBe(before);
  const { data } = await tenant.json<{ data: Array<{ id: string }> }>("GET", `${path}/conversations`);
  const { messages } = await tenant.json<{ messages: Array<{ receipt: Json }> }>(
    "GET",
    `/chat/${assistantId}/conversations/${data[0]?.id}`,
  );
  expect(messages[0]?.receipt).toMatchObject({ counted: false, tokens: { estimated: true } });
});

test("a stream whose client leaves settles its question once, with tokens by estimate", async () => {
  const { tenant, path } = await library({ model: "fault-slow" });
  const response = await tenant.request("POST", `${path}/stream`, QUESTION);
  const reader = response.body?.getReader();
  await reader?.read();
  await reader?.cancel();
  const rows = await untilRows(
    () => asOwner()`select status, counted, usage from messages where tenant_id = ${tenant.id}`,
  );
  expect(rows).toMatchObject([{ status: "interrupted", counted: true }]);
  expect(await used(tenant, "questions")).toBe(1);
  const states = await asOwner()`
    select state from usage_reservations where tenant_id = ${tenant.id} and metric = 'questions'`;
  expect(states).toEqual([{ state: "settled" }]);
});

async function untilRows(read: () => Promise<Json[]>): Promise<Json[]> {
  for (let look = 0; look < 1_000; look++) {
    const rows = await read();
    if (rows.length > 0) return rows;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("no rows came");
}

test("a reservation is settled or given back once, whoever asks again and however late", async () => {
  const tenant = await createTenant();
  const id = crypto.randomUUID();
  const sql = asOwner();
  const scoped = async (statement: string): Promise<unknown> => {
    const [, rows] = await sql.transaction([
      sql`select set_config('app.tenant_id', ${tenant.id}, true)`,
      sql.query(statement),
    ]);
    return rows?.[0]?.answer;
  };
  const reserve = `select reserve_usage('${id}', '2026-11', 'questions', 1, '{"free": 5}')::int as answer`;
  expect(await scoped(reserve)).toBe(1);
  expect(await scoped(reserve)).toBe(1);
  expect(await scoped(`select settle_usage('${id}', 'questions') as answer`)).toBe(true);
  expect(await scoped(`select settle_usage('${id}', 'questions') as answer`)).toBe(false);
  expect(await scoped(`select release_usage('${id}', 'questions') as answer`)).toBe(false);
  const counter = "select used::int as answer from usage_counters where metric = 'questions'";
  expect(await scoped(`${counter} and tenant_id = '${tenant.id}'`)).toBe(1);
});

test("a question whose Worker died is given back by the sweep, once", async () => {
  const tenant = await createTenant();
  const sql = asOwner();
  const month = monthOf(new Date());
  await sql.transaction([
    sql`select set_config('app.tenant_id', ${tenant.id}, true)`,
    sql`select reserve_usage(gen_random_uuid(), ${month}, 'questions', 1, '{"free": 5}', now() - interval '1 minute')`,
    sql`select reserve_usage(gen_random_uuid(), ${month}, 'questions', 1, '{"free": 5}', now() + interval '1 hour')`,
  ]);
  expect(await used(tenant, "questions")).toBe(2);
  for (let sweep = 0; sweep < 2; sweep++) {
    await worker.scheduled(createScheduledController(), env as never);
    expect(await used(tenant, "questions")).toBe(1);
  }
});

test("what is held comes back when it is deleted, and only then", async () => {
  const { tenant, assistantId, collectionId } = await library();
  const document = await ingest(tenant, collectionId, "second.md", "# Second\n\nMore text.");
  expect([await used(tenant, "documents"), await used(tenant, "assistants")]).toEqual([2, 1]);
  await tenant.request("DELETE", `/assistants/${assistantId}`);
  expect((await tenant.request("DELETE", `/assistants/${assistantId}`)).status).toBe(404);
  expect(await used(tenant, "assistants")).toBe(0);
  await tenant.request("DELETE", `/documents/${document.id}`);
  for (let look = 0; look < 1_000 && (await used(tenant, "documents")) !== 1; look++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(await used(tenant, "documents")).toBe(1);
  expect(await used(tenant, "storage_bytes")).toBe("# Notice\n\nThe notice period is three months.".length);
});

test("pages that were read before their document was deleted stay spent, in the counter and the history alike", async () => {
  const { tenant } = await library();
  const { data } = await tenant.json<{ data: Array<{ id: string }> }>("GET", "/documents");
  const sql = asOwner();
  // As they are between reading and publishing.
  await sql`update usage_reservations set state = 'held' where tenant_id = ${tenant.id} and metric = 'pages'`;
  await sql`delete from usage_daily where tenant_id = ${tenant.id} and metric = 'pages'`;
  await tenant.request("DELETE", `/documents/${data[0]?.id}`);
  const rows = await untilRows(
    () => sql`select amount::int from usage_daily where tenant_id = ${tenant.id} and metric = 'pages'`,
  );
  expect(rows).toEqual([{ amount: 1 }]);
  expect(await used(tenant, "pages")).toBe(1);
});

type Receipt = {
  counted: boolean;
  tokens: { embedding: number; prompt: number; completion: number };
  cost: { amount: number } | null;
};
type Figures = Json & { assistant_id: string | null; cost: { amount: number } };

test("the sum of the receipts is what the counters and the history say, to the billionth", async () => {
  const organization = { id: uniqueId("org") };
  const tenant = await signIn(uniqueId("user"), organization, "admin");
  const { assistantId, collectionId } = await createLibrary(tenant, {
    "notice.md": "# Notice\n\nThe notice period is three months.",
  });
  const second = await tenant.json<{ id: string }>("POST", "/assistants", {
    name: "Fails",
    model: "fault-500",
    collection_ids: [collectionId],
  });
  const receipts: Receipt[] = [];
  for (const message of [
    "How long is the notice period?",
    "What is the capital of Peru?",
    "And the notice?",
  ]) {
    const { receipt } = await tenant.json<{ receipt: Receipt }>("POST", `/chat/${assistantId}`, { message });
    receipts.push(receipt);
  }
  const stream = await (await tenant.request("POST", `/chat/${assistantId}/stream`, QUESTION)).text();
  receipts.push(parseEvents(stream).at(-1)?.data.receipt as Receipt);
  await tenant.request("POST", `/chat/${second.id}`, QUESTION);

  const kept = await allReceipts(tenant, [assistantId, second.id]);
  expect(kept).toHaveLength(5);
  expect(kept.filter(({ counted }) => counted)).toEqual(expect.arrayContaining(receipts));
  const sum = (read: (receipt: Receipt) => number) =>
    kept.reduce((total, receipt) => total + read(receipt), 0);
  const today = new Date().toISOString().slice(0, 10);
  const { data } = await tenant.json<{ data: Array<{ assistants: Figures[] }> }>(
    "GET",
    `/usage/history?from=${today}&to=${today}`,
  );
  const answers = (data[0]?.assistants ?? []).filter((row) => row.assistant_id !== null);
  const total = (read: (row: Figures) => number) => answers.reduce((all, row) => all + read(row), 0);
  expect(await used(tenant, "questions")).toBe(kept.filter(({ counted }) => counted).length);
  expect(total((row) => Number(row.questions))).toBe(4);
  expect(total((row) => Number(row.prompt_tokens))).toBe(sum(({ tokens }) => tokens.prompt));
  expect(total((row) => Number(row.completion_tokens))).toBe(sum(({ tokens }) => tokens.completion));
  expect(total((row) => Number(row.embedding_tokens))).toBe(sum(({ tokens }) => tokens.embedding));
  const nanos = (amount: number) => Math.round(amount * 1e9);
  expect(total((row) => nanos(row.cost.amount))).toBe(sum(({ cost }) => nanos(cost?.amount ?? 0)));
  expect(sum(({ cost }) => nanos(cost?.amount ?? 0))).toBeGreaterThan(0);

  const usage = await tenant.json<{ cost: { amount: number }; unpriced: number }>("GET", "/usage");
  expect(usage.unpriced).toBe(kept.filter(({ cost }) => cost === null).length);
  const month = await tenant.json<{ data: Figures[] }>(
    "GET",
    `/usage/history?from=${today.slice(0, 8)}01&to=${today}&granularity=month`,
  );
  expect(month.data).toHaveLength(1);
  expect(nanos(month.data[0]?.cost.amount ?? 0)).toBe(nanos(usage.cost.amount));
});

async function allReceipts(tenant: TestTenant, assistantIds: string[]): Promise<Receipt[]> {
  const found: Receipt[] = [];
  for (const assistantId of assistantIds) {
    const path = `/chat/${assistantId}/conversations`;
    const { data } = await tenant.json<{ data: Array<{ id: string }> }>("GET", path);
    for (const { id } of data) {
      const { messages } = await tenant.json<{ messages: Array<{ receipt: Receipt }> }>(
        "GET",
        `${path}/${id}`,
      );
      found.push(...messages.map(({ receipt }) => receipt));
    }
  }
  return found;
}

test("history refuses a range that runs backwards or on for ever", async () => {
  const tenant = await createTenant();
  for (const query of [
    "from=2026-11-02&to=2026-11-01",
    "from=2000-01-01&to=2026-01-01",
    "from=2026-02-30&to=2026-03-01",
  ]) {
    expect((await tenant.request("GET", `/usage/history?${query}`)).status, query).toBe(422);
  }
});
