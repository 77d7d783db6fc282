import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { parseEnv } from "../env.ts";
import { advanceDeletion } from "../ingest/deletion/advance.ts";
import { advance } from "../ingest/pipeline.ts";
import { systemContext } from "../ingest/system-context.ts";
import { type SettledAnswer, settleAnswer } from "../services/chat/settle-answer.ts";
import { claimKey } from "../services/idempotency/claim.ts";
import { archiveKey } from "../services/imports/storage-key.ts";
import { wire } from "../wiring.ts";
import { deploy } from "./hand-turned.ts";
import {
  asOwner,
  createLibrary,
  createTenant,
  type DeletionJson,
  ingest,
  type Json,
  type TestTenant,
  untilComplete,
} from "./harness.ts";

const QUESTION = "What is the secret word?";
const SECRET = "# Secret\n\nThe secret word is amaranth.";
const gone = (expected: number) => ({ expected, purged: expected, remaining: 0 });

type Turn = { answer: string; sources: Json[]; citations: Json[] };

async function turnsOf(tenant: TestTenant, assistantId: string, conversationId: string): Promise<Turn[]> {
  const path = `/chat/${assistantId}/conversations/${conversationId}`;
  return (await tenant.json<{ messages: Turn[] }>("GET", path)).messages;
}

async function ask(
  tenant: TestTenant,
  assistantId: string,
): Promise<{ conversation_id: string; answer: string }> {
  return tenant.json("POST", `/chat/${assistantId}`, { message: QUESTION });
}

test("answers keep their own text when a document they quote is deleted, and none of what they quoted", async () => {
  const tenant = await createTenant();
  const { assistantId, collectionId, documents } = await createLibrary(tenant, {
    "secret.md": SECRET,
    "plain.md": "# Plain\n\nThe secret word isn't told to everybody who asks for a word.",
  });
  const { conversation_id, answer } = await ask(tenant, assistantId);
  const [before] = await turnsOf(tenant, assistantId, conversation_id);
  const id = documents[0]?.id ?? "";
  const theirs = (entries: Json[] = []) => entries.filter(({ document_id }) => document_id === id);
  expect(theirs(before?.citations).length).toBeGreaterThan(0);
  const { id: deletion } = await tenant.json<DeletionJson>("DELETE", `/documents/${id}`);
  const receipt = await untilComplete(tenant, deletion);
  expect(receipt.figures?.rows.by_table.messages).toEqual(gone(1));
  const [after] = await turnsOf(tenant, assistantId, conversation_id);
  expect(after?.answer).toBe(answer);
  const mark = { filename: "", page_label: null, deleted: true };
  expect(after?.citations).toEqual(
    before?.citations.map((entry) => (entry.document_id === id ? { ...entry, ...mark, quote: "" } : entry)),
  );
  expect(after?.sources).toEqual(
    before?.sources.map((entry) => (entry.document_id === id ? { ...entry, ...mark, excerpt: "" } : entry)),
  );
  expect(before?.sources.some(({ document_id }) => document_id !== id)).toBe(true);
  const stored = await asOwner()`select sources::text || citations::text as text from messages
    where tenant_id = ${tenant.id}`;
  expect(JSON.stringify(stored)).not.toMatch(/amaranth|secret\.md/);
  expect(
    (await tenant.json<{ data: Json[] }>("GET", `/documents?collection_id=${collectionId}`)).data,
  ).toHaveLength(1);
});

test("an answer that was being written while its document was deleted is kept without the quote", async () => {
  const tenant = await createTenant();
  const { assistantId, documents } = await createLibrary(tenant, { "secret.md": SECRET });
  const ctx = systemContext(wire(parseEnv(env as never)), tenant.id);
  const { conversation_id } = await ask(tenant, assistantId);
  const [row] = await asOwner()`select * from messages where conversation_id = ${conversation_id}`;
  const { created_at: _, ...written } = row ?? {};
  const late = { ...written, id: crypto.randomUUID(), assistant_id: assistantId, opens: false } as unknown;
  const { id: deletion } = await tenant.json<DeletionJson>("DELETE", `/documents/${documents[0]?.id}`);
  await untilComplete(tenant, deletion);
  await settleAnswer(ctx, late as SettledAnswer);
  const turns = await turnsOf(tenant, assistantId, conversation_id);
  expect(turns).toHaveLength(2);
  for (const { sources, citations } of turns) {
    expect(sources.map(({ excerpt, deleted }) => [excerpt, deleted])).toEqual([["", true]]);
    expect(citations.map(({ quote }) => quote)).toEqual([""]);
  }
  expect(await asOwner()`select 1 from message_sources where tenant_id = ${tenant.id}`).toEqual([]);
});

test("an answer isn't kept for repetition when something was deleted while it was being written", async () => {
  const tenant = await createTenant();
  const { documents } = await createLibrary(tenant, { "secret.md": SECRET });
  const { db } = systemContext(wire(parseEnv(env as never)), tenant.id);
  const claim = async (route: string, key: string) => {
    const request = { principalId: "somebody", rights: "", pepper: "", requestSha256: "" };
    const claimed = await claimKey(db, { ...request, tenantId: tenant.id, route, key });
    if (claimed.kind !== "first") throw new Error("claimed before");
    return claimed;
  };
  const before = [
    await claim("POST /api/v1/chat/x", "early"),
    await claim("POST /api/v1/collections", "early"),
  ];
  const { id: deletion } = await tenant.json<DeletionJson>("DELETE", `/documents/${documents[0]?.id}`);
  await untilComplete(tenant, deletion);
  for (const { finish } of [...before, await claim("POST /api/v1/chat/x", "late")]) {
    await finish({ status: 200, headers: {}, body: "amaranth" });
  }
  const kept = await asOwner()`select route from idempotency_keys
    where tenant_id = ${tenant.id} and response is not null order by created_at`;
  expect(kept.map(({ route }) => route)).toEqual(["POST /api/v1/collections", "POST /api/v1/chat/x"]);
});

test("a collection's receipt sums its three documents and what the collection had of its own", async () => {
  const tenant = await createTenant();
  const { collectionId, assistantId, documents } = await createLibrary(tenant, {
    "a.md": "# A\n\nFirst.",
    "b.md": "# B\n\nSecond.",
    "c.md": "# C\n\nThird.",
  });
  const importId = crypto.randomUUID();
  const archive = archiveKey(tenant.id, importId);
  const bucket = parseEnv(env as never).FILES;
  await bucket.put(archive, "an archive");
  await asOwner()`insert into imports (id, tenant_id, collection_id, kind, state, storage_key, actor_kind, actor_id)
    values (${importId}, ${tenant.id}, ${collectionId}, 'zip', 'running', ${archive}, 'user', 'x')`;
  const asked = await tenant.request("DELETE", `/collections/${collectionId}`);
  expect(asked.status).toBe(202);
  const receipt = (await asked.json()) as DeletionJson;
  expect(asked.headers.get("Location")).toBe(`/api/v1/deletions/${receipt.id}`);
  expect((await tenant.json<{ data: Json[] }>("GET", "/documents")).data).toEqual([]);
  expect(await tenant.json("GET", `/assistants/${assistantId}`)).toMatchObject({ collection_ids: [] });
  const done = await untilComplete(tenant, receipt.id);
  expect(done).toMatchObject({ subject: "collection", subject_id: collectionId, parent_id: null });
  expect(done.figures).toMatchObject({
    vectors: gone(3),
    objects: gone(4),
    rows: {
      remaining: 0,
      by_table: {
        documents: gone(3),
        document_pages: gone(3),
        chunks: gone(3),
        imports: gone(1),
        assistant_collections: gone(1),
        collections: gone(1),
      },
    },
  });
  const list = (query = "") => tenant.json<{ data: DeletionJson[] }>("GET", `/deletions${query}`);
  const parts = (await list(`?parent_id=${receipt.id}`)).data;
  expect(parts.map((part) => part.subject_id).toSorted()).toEqual(documents.map(({ id }) => id).toSorted());
  for (const part of parts) expect(part).toMatchObject({ parent_id: receipt.id, state: "complete" });
  expect((await list()).data.map(({ id }) => id)).toEqual([receipt.id]);
  expect((await list(`?subject_id=${documents[1]?.id}`)).data).toMatchObject([{ parent_id: receipt.id }]);
  expect((await bucket.list({ prefix: `t/${tenant.id}/` })).objects).toEqual([]);
  const used = await asOwner()`select used from usage_counters where tenant_id = ${tenant.id}
    and period = 'total' and metric in ('documents', 'storage_bytes')`;
  expect(used.map((row) => Number(row.used))).toEqual([0, 0]);
});

test("a collection waits for a document that was deleted before it, and shows progress meanwhile", async () => {
  const here = await deploy();
  const [first, second] = [await here.upload("# A\n\nFirst."), await here.upload("# B\n\nSecond.")];
  await here.finish();
  await here.json("DELETE", `/documents/${first}`);
  const receipt = await here.json<DeletionJson>("DELETE", `/collections/${here.collectionId}`);
  // Only the collection's own message arrives.
  here.queue.length = 0;
  await advanceDeletion(here.context(), receipt.id);
  const path = `/deletions/${receipt.id}`;
  expect(await here.json("GET", path)).toMatchObject({
    state: "purging",
    figures: { rows: { expected: 1, remaining: 1 } },
  });
  await advance(here.context(), second);
  expect(await here.json("GET", path)).toMatchObject({
    state: "purging",
    figures: { vectors: gone(1), rows: { by_table: { documents: gone(1), collections: { remaining: 1 } } } },
  });
  await advance(here.context(), first);
  await asOwner()`update deletion_receipts set claimed_until = null where id = ${receipt.id}`;
  await advanceDeletion(here.context(), receipt.id);
  expect(await here.json("GET", path)).toMatchObject({
    state: "complete",
    figures: { vectors: gone(1), rows: { by_table: { collections: gone(1) } } },
  });
});

test("an assistant goes with its conversations, and what was asked stays in the day's totals", async () => {
  const tenant = await createTenant();
  const { assistantId, collectionId } = await createLibrary(tenant, { "secret.md": SECRET });
  const { conversation_id } = await ask(tenant, assistantId);
  await tenant.json("POST", `/chat/${assistantId}`, { message: "And again?", conversation_id });
  await ask(tenant, assistantId);
  const receipt = await tenant.json<DeletionJson>("DELETE", `/assistants/${assistantId}`);
  for (const path of ["", "/conversations", `/conversations/${conversation_id}`]) {
    const base = path ? `/chat/${assistantId}${path}` : `/assistants/${assistantId}`;
    expect((await tenant.request("GET", base)).status, base).toBe(404);
  }
  expect((await tenant.request("POST", `/chat/${assistantId}`, { message: QUESTION })).status).toBe(404);
  expect((await tenant.json<{ data: Json[] }>("GET", "/assistants")).data).toEqual([]);
  const done = await untilComplete(tenant, receipt.id);
  expect(done.figures).toMatchObject({
    vectors: gone(0),
    objects: gone(0),
    rows: { by_table: { messages: gone(3), conversations: gone(2), assistants: gone(1) } },
  });
  const sql = asOwner();
  for (const table of [
    "assistants",
    "conversations",
    "messages",
    "message_sources",
    "assistant_collections",
  ]) {
    expect(await sql.query(`select 1 from ${table} where tenant_id = $1`, [tenant.id]), table).toEqual([]);
  }
  const [day] = await sql`select amount from usage_daily
    where tenant_id = ${tenant.id} and assistant_id = ${assistantId} and metric = 'questions'`;
  expect(Number(day?.amount)).toBe(3);
  const { metrics } = await tenant.json<{ metrics: Json[] }>("GET", "/usage");
  expect(metrics.find(({ metric }) => metric === "assistants")).toMatchObject({ used: 0 });
  expect(
    await ingest(tenant, collectionId, "more.md", "# More\n\nThe collection is still there."),
  ).toMatchObject({
    status: "ready",
  });
});

test("cut off after any of its calls, the deletion of an assistant ends with the same figures", async () => {
  const here = await deploy();
  const figures = new Set<string>();
  await here.upload(SECRET);
  await here.finish();
  for (let call = 0, reached = true; reached; call++) {
    const { id } = await here.json<{ id: string }>("POST", "/assistants", {
      name: "Reader",
      collection_ids: [here.collectionId],
    });
    await here.json("POST", `/chat/${id}`, { message: QUESTION });
    const receipt = await here.json<DeletionJson>("DELETE", `/assistants/${id}`);
    here.queue.length = 0;
    const ctx = here.context();
    let calls = 0;
    const cutOff = () => (calls++ === call ? Promise.reject(new Error("cut off")) : null);
    const db: typeof ctx.db = {
      transaction: async (build) => {
        const results = await ctx.db.transaction(build);
        await cutOff();
        return results;
      },
      rows: async (query) => {
        await cutOff();
        return ctx.db.rows(query);
      },
    };
    await advanceDeletion({ ...ctx, db }, receipt.id).catch(() => {});
    reached = calls > call;
    await asOwner()`update deletion_receipts set claimed_until = null where id = ${receipt.id}`;
    await advanceDeletion(ctx, receipt.id);
    const done = await here.json<DeletionJson>("GET", `/deletions/${receipt.id}`);
    expect({ call, state: done.state }).toEqual({ call, state: "complete" });
    figures.add(JSON.stringify(done.figures));
  }
  expect([...figures]).toHaveLength(1);
});

test("a receipt can be completed but neither removed nor seen by another tenant", async () => {
  const [mine, other] = [await createTenant(), await createTenant()];
  const { id } = await mine.json<{ id: string }>("POST", "/collections", { name: "Mine" });
  const receipt = await mine.json<DeletionJson>("DELETE", `/collections/${id}`);
  await untilComplete(mine, receipt.id);
  expect((await other.request("GET", `/deletions/${receipt.id}`)).status).toBe(404);
  expect((await other.json<{ data: Json[] }>("GET", "/deletions")).data).toEqual([]);
  const ctx = systemContext(wire(parseEnv(env as never)), mine.id);
  const { sql } = await import("drizzle-orm");
  await expect(ctx.db.rows(sql`delete from deletion_receipts`)).rejects.toThrow();
  // A message that comes again changes nothing.
  const before = await mine.json("GET", `/deletions/${receipt.id}`);
  await advanceDeletion(ctx, receipt.id);
  expect(await mine.json("GET", `/deletions/${receipt.id}`)).toEqual(before);
});
