import { expect, test } from "vitest";
import { asOwner, createLibrary, createTenant, type Json, parseEvents, type TestTenant } from "./harness.ts";

const RULES = "# House rules\n\nThe gate closes at nine in the evening. Dogs are kept on a lead.\n";
const QUESTION = "When does the gate close?";

async function preview(tenant: TestTenant, body: Json) {
  const response = await tenant.request("POST", "/assistants/preview/stream", body);
  const text = await response.text();
  return { response, text, events: parseEvents(text) };
}

async function questionsUsed(tenant: TestTenant): Promise<number> {
  const usage = await tenant.json<{ metrics: Array<{ metric: string; used: number }> }>("GET", "/usage");
  return usage.metrics.find(({ metric }) => metric === "questions")?.used ?? -1;
}

test("an assistant that was never saved answers with anchors, counts once and is kept nowhere", async () => {
  const tenant = await createTenant();
  const { collectionId } = await createLibrary(tenant, { "rules.md": RULES });
  const { response, events } = await preview(tenant, { message: QUESTION, collection_ids: [collectionId] });
  expect(response.headers.get("Content-Type")).toContain("text/event-stream");
  expect(events.map(({ event }) => event).filter((event, at, all) => event !== all[at - 1])).toEqual([
    "start",
    "sources",
    "delta",
    "citation",
    "done",
  ]);
  const citation = events.find(({ event }) => event === "citation")?.data;
  expect(citation).toMatchObject({ verified: true, quote: expect.stringContaining("nine in the evening") });
  expect(events.at(-1)?.data).toMatchObject({ refused: false, receipt: { counted: true } });
  expect(await questionsUsed(tenant)).toBe(1);
  const owner = asOwner();
  expect(await owner`select 1 from conversations where tenant_id = ${tenant.id}`).toEqual([]);
  expect(await owner`select 1 from messages where tenant_id = ${tenant.id}`).toEqual([]);
  const daily = await owner`
    select assistant_id, amount::int from usage_daily where tenant_id = ${tenant.id} and metric = 'questions'`;
  expect(daily).toEqual([{ assistant_id: "00000000-0000-0000-0000-000000000000", amount: 1 }]);
});

test("what the form says holds: no collection refuses, an open policy answers, a language is kept to", async () => {
  const tenant = await createTenant();
  const { collectionId } = await createLibrary(tenant, { "rules.md": RULES });
  const refused = await preview(tenant, { message: QUESTION, language: "fr" });
  expect(refused.text).toContain("Je n’ai pas trouvé");
  expect(refused.events.at(-1)).toMatchObject({ event: "done", data: { refused: true } });
  const open = await preview(tenant, { message: "Who are you?", policy: "open" });
  expect(open.events.at(-1)).toMatchObject({ event: "done", data: { refused: false } });
  const one = await preview(tenant, { message: QUESTION, collection_ids: [collectionId], top_k: 1 });
  expect(one.events.find(({ event }) => event === "sources")?.data).toHaveLength(1);
});

test("a follow-up leans on the turns that it brings along", async () => {
  const tenant = await createTenant();
  const { collectionId } = await createLibrary(tenant, { "rules.md": RULES });
  const { text, events } = await preview(tenant, {
    message: "And the dogs?",
    collection_ids: [collectionId],
    history: [{ question: QUESTION, answer: "At nine in the evening." }],
  });
  expect(text).toContain("on a lead");
  expect(events.at(-1)).toMatchObject({ event: "done", data: { refused: false } });
});

test("a model that fails ends the preview with a problem and gives the question back", async () => {
  const tenant = await createTenant();
  const { collectionId } = await createLibrary(tenant, { "rules.md": RULES });
  const body = { message: QUESTION, collection_ids: [collectionId], model: "fault-500" };
  const { text, events } = await preview(tenant, body);
  expect(events.at(-1)).toMatchObject({ event: "error", data: { code: "upstream_unavailable" } });
  expect(text).not.toContain("secret detail");
  expect(await questionsUsed(tenant)).toBe(0);
});

test("a preview past the plan's limit is refused before it begins, and one of a missing collection too", async () => {
  const tenant = await createTenant();
  const missing = await preview(tenant, { message: QUESTION, collection_ids: [crypto.randomUUID()] });
  expect(missing.response.status).toBe(404);
  expect(await questionsUsed(tenant)).toBe(0);
  const month = new Date().toISOString().slice(0, 7);
  await asOwner()`insert into usage_counters (tenant_id, period, metric, used)
    values (${tenant.id}, ${month}, 'questions', 5000)
    on conflict (tenant_id, period, metric) do update set used = excluded.used`;
  const refused = await preview(tenant, { message: QUESTION });
  expect(refused.response.status).toBe(402);
  expect(JSON.parse(refused.text)).toMatchObject({ code: "quota_exceeded" });
  expect(await questionsUsed(tenant)).toBe(5000);
});

test("one finds oneself among the members, and the tenant that a request is bound to", async () => {
  const tenant = await createTenant();
  const { data } = await tenant.json<{ data: Json[] }>("GET", "/members");
  const me = await tenant.json("GET", "/members/me");
  expect(me).toEqual({ ...data[0], tenant_id: tenant.id });
  expect(me).toMatchObject({ role: "owner" });
});
