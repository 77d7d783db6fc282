import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterAll, beforeAll, expect, test } from "vitest";
import worker from "../index.ts";
import { type LexicalHit, selectLexical } from "../services/retrieval/candidates.ts";
import { beginRetrieval } from "../services/retrieval/retrieve.ts";
import { uuidArray } from "../services/retrieval/scored-by-text.ts";
import { deploy } from "./hand-turned.ts";
import {
  asOwner,
  createLibrary,
  createTenant,
  type Json,
  parseEvents,
  sessionToken,
  signIn,
  tenantClient,
  uniqueId,
  withApiKey,
} from "./harness.ts";
import { beforeFirstToken, type OutboundCall, recordableFetch, recording, waits } from "./outbound.ts";
import { qdrantStandIn } from "./qdrant-stand-in.ts";

const NOTE = "# Cave\n\nLa cave est gardée à douze degrés toute l’année. Le vin rouge y repose trois ans.";
const FIRST = "À combien de degrés la cave est-elle gardée ?";
const FOLLOW_UP = "Et pour le vin rouge ?";

const restore: Array<() => void> = [];
beforeAll(() => void restore.push(recordableFetch()));
afterAll(() => {
  for (const undo of restore) undo();
});

/** A Worker of its own, so that nothing is remembered but what a test asked of it. */
function freshWorker(variables: Json = {}) {
  const raw = { ...env, ...variables } as Record<string, unknown>;
  return async (path: string, headers: Record<string, string>, body: Json, expected = 200) => {
    const { calls, result } = recording(async () => {
      const request = new Request(`http://ancre.test/api/v1${path}`, {
        method: "POST",
        headers: { "Content-Type": "application/json", ...headers },
        body: JSON.stringify(body),
      });
      const response = await worker.fetch(request as never, raw, createExecutionContext());
      return { status: response.status, events: parseEvents(await response.text()) };
    });
    const { status, events } = await result;
    expect(status).toBe(expected);
    if (expected === 200) expect(events.at(-1)?.event).toBe("done");
    return { calls: beforeFirstToken(calls), events };
  };
}

const kinds = (calls: OutboundCall[]) => calls.map(({ to }) => to).toSorted();
const THREE_WAITS = ["database", "database", "embedding", "model"];

function expectThreeWaits(calls: OutboundCall[]): void {
  expect(kinds(calls)).toEqual(THREE_WAITS);
  expect(waits(calls)).toBe(3);
  const [context, embedding] = ["database", "embedding"].map((to) => calls.find((call) => call.to === to));
  expect(embedding?.began).toBeLessThan(Number(context?.ended));
  expect(context?.began).toBeLessThan(Number(embedding?.ended));
}

test("a first question and a follow-up wait three times: context beside embedding, retrieval, model", async () => {
  const tenant = await createTenant();
  const { assistantId } = await createLibrary(tenant, { "cave.md": NOTE });
  const ask = freshWorker();
  const path = `/chat/${assistantId}/stream`;
  const headers = { "X-Tenant-Id": tenant.id };
  const cold = await ask(path, headers, { message: FIRST });
  // Whose tenant it is was asked first; the Worker remembers it for a minute.
  expect(kinds(cold.calls)).toEqual(["database", ...THREE_WAITS].toSorted());
  expectThreeWaits((await ask(path, headers, { message: FIRST })).calls);
  const conversation_id = cold.events[0]?.data.conversation_id;
  const followUp = await ask(path, headers, { message: FOLLOW_UP, conversation_id });
  expectThreeWaits(followUp.calls);
  expect(followUp.events.at(-1)?.data).toMatchObject({ receipt: { retrieval: "hybrid" } });
});

test("so does a question by API key", async () => {
  const tenant = await createTenant();
  const { assistantId } = await createLibrary(tenant, { "cave.md": NOTE });
  const { key } = await withApiKey(tenant, { scopes: ["chat"] });
  const ask = freshWorker();
  const headers = { Authorization: `Bearer ${key}` };
  const cold = await ask(`/chat/${assistantId}/stream`, headers, { message: FIRST });
  expect(waits(cold.calls)).toBe(4);
  expectThreeWaits((await ask(`/chat/${assistantId}/stream`, headers, { message: FIRST })).calls);
});

test("so does one in an organisation's session, which asks nothing of Clerk", async () => {
  const [user, organisation] = [uniqueId("user"), uniqueId("org")];
  const member = await signIn(user, { id: organisation }, "owner");
  const { assistantId } = await createLibrary(member, { "cave.md": NOTE });
  const org = { id: organisation, slug: organisation, role: "org:owner" };
  const token = await sessionToken({ user, org, expiresInSeconds: 900 });
  const ask = freshWorker();
  const headers = { Authorization: `Bearer ${token}` };
  const cold = await ask(`/chat/${assistantId}/stream`, headers, { message: FIRST });
  expect(kinds(cold.calls)).toEqual(["database", ...THREE_WAITS].toSorted());
  expectThreeWaits((await ask(`/chat/${assistantId}/stream`, headers, { message: FIRST })).calls);
});

test("so does one by a person without an organisation, and not a minute longer than they belong there", async () => {
  const [user, created] = [uniqueId("user"), await createTenant()];
  await asOwner()`update memberships set user_id = ${user} where tenant_id = ${created.id}`;
  const token = await sessionToken({ user, expiresInSeconds: 900 });
  const headers = { Authorization: `Bearer ${token}`, "X-Tenant-Id": created.id };
  const { assistantId } = await createLibrary(tenantClient(created.id, headers), { "cave.md": NOTE });
  const ask = freshWorker();
  const path = `/chat/${assistantId}/stream`;
  await ask(path, headers, { message: FIRST });
  expectThreeWaits((await ask(path, headers, { message: FIRST })).calls);
  await asOwner()`update memberships set removed_at = now() where tenant_id = ${created.id}`;
  const late = await ask(path, headers, { message: FIRST }, 404);
  expect(kinds(late.calls)).toEqual(["database", "embedding"]);
  const [held] =
    await asOwner()`select count(*)::int as n from usage_reservations where tenant_id = ${created.id}
    and metric = 'questions'`;
  expect(held?.n).toBe(2);
});

test("one trip finds what the dense leg finds when store and text are asked one by one", async () => {
  const here = await deploy();
  for (const [index, text] of [
    NOTE,
    "# Greffe\n\nLe greffe reçoit le public le lundi.",
    "# Vin\n\nUn vin rouge.",
  ].entries())
    await here.upload(text, `note-${index}.md`);
  await here.upload("# Cellar\n\nThe cellar is kept at twelve degrees.", "cellar.md");
  await here.finish();
  const ctx = here.context();
  const { statement: _, ...vectors } = ctx.vectors;
  for (const text of [FIRST, FOLLOW_UP, "cellar degrees", "zzz"]) {
    const { vectors: embedded } = await ctx.embeddings.embed([text]);
    const collectionIds = [here.collectionId];
    const lexical = await ctx.db.rows<LexicalHit>(
      selectLexical({ text, scope: uuidArray(collectionIds), limit: 40 }),
    );
    const query = { text, lexical, collectionIds, topK: 3 };
    const together = await beginRetrieval(ctx, query)(embedded[0] ?? []);
    const apart = await beginRetrieval({ ...ctx, vectors }, query)(embedded[0] ?? []);
    expect(together).toEqual(apart);
    expect(together.passages.length).toBeGreaterThan(0);
  }
});

test("what full text found isn't given when its document is deleted or read by another version meanwhile", async () => {
  const here = await deploy();
  const kept = await here.upload(NOTE, "kept.md");
  const gone = await here.upload("# Cave\n\nLa cave est gardée fermée.", "gone.md");
  await here.finish();
  const ctx = here.context();
  const collectionIds = [here.collectionId];
  const scope = uuidArray(collectionIds);
  const lexical = await ctx.db.rows<LexicalHit>(selectLexical({ text: FIRST, scope, limit: 40 }));
  expect(new Set(lexical.map(({ document_id }) => document_id))).toEqual(new Set([kept, gone]));
  const { vectors: embedded } = await ctx.embeddings.embed([FIRST]);
  const finish = beginRetrieval(ctx, { text: FIRST, lexical, collectionIds, topK: 3 });
  await here.json("DELETE", `/documents/${gone}`);
  for (const vector of [embedded[0] ?? [], null]) {
    const { passages } = await finish(vector);
    expect(passages.map(({ document_id }) => document_id)).toEqual([kept]);
  }
  await asOwner()`update documents set published_version = 2 where id = ${kept}`;
  for (const vector of [embedded[0] ?? [], null]) expect((await finish(vector)).passages).toEqual([]);
});

test("an external store is asked beside full text, and costs a trip more only for what it alone proposes", async () => {
  const { url, apiKey } = qdrantStandIn();
  const variables = {
    VECTOR_STORE: "qdrant",
    QDRANT_URL: url,
    QDRANT_API_KEY: apiKey,
    EMBEDDING_MODEL: `waits-${crypto.randomUUID()}`,
    EMBEDDING_DIMENSIONS: "64",
  };
  const here = await deploy(variables);
  await here.upload(NOTE);
  await here.upload("# Greffe\n\nLe greffe reçoit le public le lundi.", "greffe.md");
  await here.finish();
  const assistant = await here.json<{ id: string }>("POST", "/assistants", {
    name: "Reader",
    collection_ids: [here.collectionId],
  });
  const ask = freshWorker(variables);
  const headers = { "X-Tenant-Id": here.tenantId };
  const path = `/chat/${assistant.id}/stream`;
  await ask(path, headers, { message: FIRST });
  const { calls } = await ask(path, headers, { message: FIRST });
  expect(kinds(calls)).toEqual(["database", ...THREE_WAITS, "vectors"].toSorted());
  expect(waits(calls)).toBe(4);
  const both = await ask(path, headers, { message: "La cave, le vin rouge et le greffe, quel jour ?" });
  expect(kinds(both.calls)).toEqual([...THREE_WAITS, "vectors"].toSorted());
  expect(waits(both.calls)).toBe(3);
});
