import { expect, test } from "vitest";
import { advance } from "../ingest/pipeline.ts";
import { deploy } from "./hand-turned.ts";
import { asOwner, type Json } from "./harness.ts";
import {
  edition,
  embeddedTokens,
  library,
  QUERY,
  read,
  replaced,
  stored,
  type Versioned,
  versionRead,
  versions,
} from "./versions-fixture.ts";

const [FIRST, SECOND, THIRD] = [edition("first"), edition("second"), edition("third")];

test("a replacement is read under the same id once it is whole; the one before it is kept", async () => {
  const { here, id } = await library(FIRST);
  const before = await stored(here, id);
  const answer = await replaced(here, id, SECOND, "renamed.md");
  expect(answer).toMatchObject({
    id,
    unchanged: false,
    status: "queued",
    version: 2,
    published_version: 1,
    filename: "renamed.md",
  });
  expect(await versionRead(here, id)).toBe(1);
  expect((await here.search(QUERY)).every(({ filename }) => filename === "note.md")).toBe(true);
  await here.finish();
  expect(await read(here, id)).toMatchObject({ status: "ready", version: 2, published_version: 2 });
  expect(await versionRead(here, id)).toBe(2);
  expect((await here.search(QUERY)).every(({ filename }) => filename === "renamed.md")).toBe(true);
  const chunks = before.chunks?.[1];
  expect(await stored(here, id)).toEqual({
    ...before,
    pages: { 1: before.pages?.[1], 2: before.pages?.[1] },
    chunks: { 1: chunks, 2: chunks },
    vectors: { 1: chunks, 2: chunks },
    searchable: { 2: chunks },
    states: { 1: "complete", 2: "complete" },
    objects: [FIRST.length, SECOND.length].sort((a, b) => a - b),
    bytes: FIRST.length + SECOND.length,
    pagesCounted: 2 * before.pagesCounted,
  });
  expect(await versions(here, id)).toEqual([
    expect.objectContaining({
      version: 2,
      origin: "replace",
      state: "complete",
      filename: "renamed.md",
      size_bytes: SECOND.length,
      pages_total: before.pages?.[1],
      chunks_total: chunks,
      chunks_reused: expect.any(Number),
      error_code: null,
      error_message: null,
      current: true,
      restorable: false,
    }),
    expect.objectContaining({
      version: 1,
      origin: "upload",
      filename: "note.md",
      current: false,
      restorable: true,
    }),
  ]);
  const [{ chunks_reused: reused } = {}] = await versions(here, id);
  expect(Number(reused)).toBeGreaterThan(0);
  expect(Number(reused)).toBeLessThan(chunks ?? 0);
  const old = await here.request("GET", `/documents/${id}/content?version=1`);
  expect(await old.text()).toBe(FIRST);
});

test("the same bytes again do nothing, whether they are read or on their way, and the answer says so", async () => {
  const { here, id } = await library(FIRST);
  const before = await stored(here, id);
  const document = await read(here, id);
  const again = await here.replace(id, FIRST, "other-name.md");
  expect(again.status).toBe(200);
  expect(await again.json()).toEqual({ ...document, unchanged: true });
  expect(here.queue).toEqual([]);
  expect(await stored(here, id)).toEqual(before);
  await replaced(here, id, SECOND);
  const waiting = await stored(here, id);
  const repeated = await here.replace(id, SECOND);
  expect(repeated.status).toBe(200);
  expect(await repeated.json()).toMatchObject({ unchanged: true, status: "queued", version: 2 });
  expect(await stored(here, id)).toEqual(waiting);
  // What is read now is what is wanted after all: the update in between must not win.
  await replaced(here, id, FIRST);
  await here.finish();
  expect(await read(here, id)).toMatchObject({ version: 3, sha256: document.sha256 });
});

test("a re-index reads the same object, counts no page again and embeds nothing", async () => {
  const { here, id } = await library(FIRST);
  const [before, tokens] = [await stored(here, id), await embeddedTokens(here)];
  // As after the week in which counted pages are remembered one by one.
  await asOwner()`delete from usage_reservations where tenant_id = ${here.tenantId} and state <> 'held'`;
  const response = await here.request("POST", `/documents/${id}/reindex`);
  expect(response.status).toBe(202);
  expect(await response.json()).toMatchObject({ id, status: "queued", version: 2, published_version: 1 });
  await here.finish();
  expect(await embeddedTokens(here)).toBe(tokens);
  const after = await stored(here, id);
  const chunks = before.chunks?.[1];
  expect(after).toMatchObject({
    chunks: { 1: chunks, 2: chunks },
    searchable: { 2: chunks },
    objects: before.objects,
    bytes: before.bytes,
    pagesCounted: before.pagesCounted,
    pagesHeld: 0,
    job: null,
  });
  expect((await versions(here, id))[0]).toMatchObject({ origin: "reindex", chunks_reused: chunks });
  const [daily] = await asOwner()`select
    (select sum(amount)::int from usage_daily where tenant_id = ${here.tenantId} and metric = 'pages') as pages,
    (select sum(amount)::int from usage_daily where tenant_id = ${here.tenantId} and metric = 'documents') as documents`;
  expect(daily).toEqual({ pages: before.pagesCounted, documents: 1 });
});

test("the same text in another collection is not embedded again, another tenant's is", async () => {
  const { here, id } = await library(FIRST);
  const [tokens, [first]] = [await embeddedTokens(here), await versions(here, id)];
  const other = await here.json<{ id: string }>("POST", "/collections", { name: "Second shelf" });
  const copy = await here.upload(FIRST, "note.md", other.id);
  await here.finish();
  expect(await read(here, copy)).toMatchObject({ status: "ready" });
  expect(await embeddedTokens(here)).toBe(tokens);
  expect((await versions(here, copy))[0]).toMatchObject({ chunks_reused: first?.chunks_total });
  const elsewhere = await library(FIRST);
  expect(await embeddedTokens(elsewhere.here)).toBe(tokens);
  expect((await versions(elsewhere.here, elsewhere.id))[0]).toMatchObject({
    chunks_reused: first?.chunks_reused,
  });
});

test("the text that stands twice in one document is embedded once", async () => {
  const paragraph = "The same words stand under the same heading twice. ".repeat(12);
  const here = await deploy();
  const id = await here.upload(`## Twice\n\n${paragraph}\n\n## Twice\n\n${paragraph}`);
  const ctx = here.context();
  const asked: string[] = [];
  const embed: typeof ctx.embeddings.embed = (texts, signal) => {
    asked.push(...texts);
    return ctx.embeddings.embed(texts, signal);
  };
  await advance({ ...ctx, embeddings: { ...ctx.embeddings, embed } }, id);
  expect(asked).toHaveLength(1);
  expect(await versions(here, id)).toMatchObject([{ state: "complete", chunks_total: 2, chunks_reused: 1 }]);
});

test("only the published version and the one before it are kept; pages stay for the citations of old answers", async () => {
  const { here, id } = await library(FIRST);
  const { id: assistant } = await here.json<{ id: string }>("POST", "/assistants", {
    name: "Reader",
    collection_ids: [here.collectionId],
  });
  const answer = await here.json<{ citations: Json[] }>("POST", `/chat/${assistant}`, {
    message: "How is the cellar of house 2 kept?",
  });
  const cited = answer.citations[0] ?? {};
  expect(cited).toMatchObject({ document_id: id, version: 1 });
  for (const content of [SECOND, THIRD]) {
    await replaced(here, id, content);
    await here.finish();
  }
  const { chunks, pages, bytes, objects, states } = await stored(here, id);
  expect(Object.keys(chunks ?? {})).toEqual(["2", "3"]);
  expect(Object.keys(pages ?? {})).toEqual(["1", "2", "3"]);
  expect(states).toEqual({ 1: "retired", 2: "complete", 3: "complete" });
  expect(bytes).toBe(SECOND.length + THIRD.length);
  expect(objects).toEqual([SECOND.length, THIRD.length].sort((a, b) => a - b));
  const page = await here.json<{ text: string }>(
    "GET",
    `/documents/${cited.document_id}/pages/${cited.page}?version=${cited.version}`,
  );
  expect(page.text.slice(Number(cited.char_start), Number(cited.char_end))).toBe(cited.quote);
  expect((await here.request("GET", `/documents/${id}/content?version=1`)).status).toBe(404);
  const gone = await here.request("POST", `/documents/${id}/versions/1/restore`);
  expect(gone.status).toBe(409);
  expect((await here.request("POST", `/documents/${id}/versions/9/restore`)).status).toBe(404);
  expect(await versionRead(here, id)).toBe(3);
});

test("restoring reads the version before at once, without the queue, and can be undone the same way", async () => {
  const { here, id } = await library(FIRST);
  await replaced(here, id, SECOND, "second.md");
  await here.finish();
  const tokens = await embeddedTokens(here);
  const restored = await here.json<Versioned>("POST", `/documents/${id}/versions/1/restore`);
  expect(restored).toMatchObject({
    id,
    status: "ready",
    version: 1,
    published_version: 1,
    filename: "note.md",
  });
  expect(restored.chunks_done).toBe(restored.chunks_total);
  const hits = await here.search(QUERY);
  expect(new Set(hits.map(({ version }) => version))).toEqual(new Set([1]));
  expect(hits.some(({ dense_score }) => dense_score !== null)).toBe(true);
  const { searchable, chunks } = await stored(here, id);
  expect(searchable).toEqual({ 1: chunks?.[1] });
  await here.finish();
  expect(await here.json("POST", `/documents/${id}/versions/1/restore`)).toMatchObject({ version: 1 });
  await here.json("POST", `/documents/${id}/versions/2/restore`);
  expect(await versionRead(here, id)).toBe(2);
  await here.finish();
  expect(await stored(here, id)).toMatchObject({ job: null, searchable: { 2: chunks?.[2] } });
  expect(await embeddedTokens(here)).toBeGreaterThanOrEqual(tokens);
  // A version number is never given twice, also when the highest isn't the one that is read.
  await here.json("POST", `/documents/${id}/versions/1/restore`);
  expect(await replaced(here, id, THIRD)).toMatchObject({ version: 3, published_version: 1 });
  await here.finish();
  expect((await stored(here, id)).states).toEqual({ 1: "complete", 2: "retired", 3: "complete" });
});

test("restoring while an update is being written gives the update up", async () => {
  const { here, id } = await library(FIRST);
  const before = await stored(here, id);
  await replaced(here, id, SECOND);
  expect(await here.json("POST", `/documents/${id}/versions/1/restore`)).toMatchObject({
    status: "ready",
    version: 1,
  });
  await here.finish();
  expect(await stored(here, id)).toEqual({ ...before, states: { 1: "complete", 2: "failed" } });
  expect((await versions(here, id))[0]).toMatchObject({
    error_code: "superseded",
    error_message: expect.stringMatching(/newer version/),
  });
});
