import { env } from "cloudflare:workers";
import { expect, test, vi } from "vitest";
import { advance } from "../ingest/pipeline.ts";
import { PLANS } from "../services/usage/plans.ts";
import type { Deployment } from "./hand-turned.ts";
import { asOwner, type Json } from "./harness.ts";
import {
  edition,
  embeddedTokens,
  failedUpdate,
  library,
  read,
  replaced,
  stored,
  type Versioned,
  versionRead,
  versions,
} from "./versions-fixture.ts";

const [FIRST, SECOND, THIRD] = [edition("first"), edition("second"), edition("third")];
const bucket = (env as unknown as { FILES: R2Bucket }).FILES;

const sizes = (...contents: string[]) => contents.map(({ length }) => length).sort((a, b) => a - b);

function retry(here: Deployment, id: string): Promise<Response> {
  return here.request("POST", `/documents/${id}/retry`);
}

async function refusal(here: Deployment, id: string): Promise<Json> {
  const response = await retry(here, id);
  expect(response.status).toBe(409);
  return response.json();
}

test("the file of an update that failed is kept and counted, and a retry makes the next version of it", async () => {
  const { here, id } = await library(FIRST);
  const before = await stored(here, id);
  await failedUpdate(here, id, SECOND, "second.md");
  expect(await read(here, id)).toMatchObject({
    status: "ready",
    version: 1,
    error_code: "upstream_unavailable",
    filename: "note.md",
  });
  expect(await stored(here, id)).toMatchObject({
    states: { 1: "complete", 2: "failed" },
    job: null,
    objects: sizes(FIRST, SECOND),
    bytes: FIRST.length + SECOND.length,
    pagesCounted: before.pagesCounted,
    pagesHeld: 0,
    searchable: before.searchable,
  });
  const response = await retry(here, id);
  expect(response.status).toBe(202);
  expect(await response.json()).toMatchObject({
    id,
    status: "queued",
    version: 3,
    published_version: 1,
    filename: "second.md",
    size_bytes: SECOND.length,
    error_code: null,
    error_message: null,
  });
  expect(await versionRead(here, id)).toBe(1);
  await here.finish();
  expect(await read(here, id)).toMatchObject({ status: "ready", version: 3, published_version: 3 });
  expect(await versionRead(here, id)).toBe(3);
  const chunks = before.chunks?.[1];
  expect(await stored(here, id)).toEqual({
    pages: { 1: before.pages?.[1], 3: before.pages?.[1] },
    chunks: { 1: chunks, 3: chunks },
    vectors: { 1: chunks, 3: chunks },
    searchable: { 3: chunks },
    states: { 1: "complete", 2: "failed", 3: "complete" },
    job: null,
    objects: sizes(FIRST, SECOND),
    bytes: FIRST.length + SECOND.length,
    pagesCounted: 2 * before.pagesCounted,
    pagesHeld: 0,
  });
  expect((await versions(here, id))[0]).toMatchObject({ origin: "replace", filename: "second.md" });
  expect(await refusal(here, id)).toMatchObject({ code: "conflict" });
});

test("what an update had embedded before it failed isn't embedded again by its retry", async () => {
  const { here, id } = await library(FIRST);
  await replaced(here, id, SECOND);
  const ctx = here.context();
  const upsert: typeof ctx.vectors.upsert = async (entries) => {
    await ctx.vectors.upsert(entries);
    throw new Error("the store keeps them and breaks");
  };
  expect(await advance({ ...ctx, vectors: { ...ctx.vectors, upsert } }, id)).toMatchObject({
    state: "retry",
  });
  await failUnderway(here, id);
  expect(await read(here, id)).toMatchObject({ status: "ready", version: 1, failed_step: "embed" });
  const tokens = await embeddedTokens(here);
  expect((await retry(here, id)).status).toBe(202);
  await here.finish();
  expect(await embeddedTokens(here)).toBe(tokens);
  expect(await versionRead(here, id)).toBe(3);
});

test("asking twice begins one version, and a retry that fails again can be retried", async () => {
  const { here, id } = await library(FIRST);
  await failedUpdate(here, id, SECOND);
  expect((await retry(here, id)).status).toBe(202);
  const again = await retry(here, id);
  expect(again.status).toBe(202);
  expect(await again.json()).toMatchObject({ status: "queued", version: 3 });
  await failUnderway(here, id);
  const kept = { objects: sizes(FIRST, SECOND), bytes: FIRST.length + SECOND.length, job: null };
  expect(await stored(here, id)).toMatchObject({
    ...kept,
    states: { 1: "complete", 2: "failed", 3: "failed" },
  });
  expect(await read(here, id)).toMatchObject({ status: "ready", version: 1, error_code: "stalled" });
  expect((await retry(here, id)).status).toBe(202);
  await here.finish();
  expect(await versionRead(here, id)).toBe(4);
  expect(await stored(here, id)).toMatchObject(kept);
});

/** Ends the version being written as if nobody had got anywhere with it, and clears up. */
async function failUnderway(here: Deployment, id: string): Promise<void> {
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  here.queue.length = 0;
  await asOwner()`update ingest_jobs set stuck_since = now() - interval '1 hour', progress = (
    select format('%s/%s/%s/%s', version, pages_done, chunks_total, chunks_done) from documents where id = ${id})
    where document_id = ${id}`;
  await here.sweep();
  log.mockRestore();
  await here.finish();
}

test("of several requests at once one begins a version", async () => {
  const { here, id } = await library(FIRST);
  await failedUpdate(here, id, SECOND);
  const answers = await Promise.all(Array.from({ length: 4 }, () => retry(here, id)));
  expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
  const shown = await Promise.all(answers.map((answer) => answer.json<Versioned>()));
  expect(shown.map(({ version }) => version)).toEqual([3, 3, 3, 3]);
  await here.finish();
  expect((await stored(here, id)).states).toEqual({ 1: "complete", 2: "failed", 3: "complete" });
});

test("a re-index that failed is read again from the document's own file, whose pages aren't counted twice", async () => {
  const { here, id } = await library(FIRST);
  const before = await stored(here, id);
  await here.request("POST", `/documents/${id}/reindex`);
  await failUnderway(here, id);
  expect(await stored(here, id)).toEqual({ ...before, states: { 1: "complete", 2: "failed" } });
  expect((await retry(here, id)).status).toBe(202);
  await here.finish();
  expect(await versionRead(here, id)).toBe(3);
  const { objects, bytes, pagesCounted, pagesHeld } = await stored(here, id);
  expect({ objects, bytes, pagesCounted, pagesHeld }).toEqual({
    objects: before.objects,
    bytes: before.bytes,
    pagesCounted: before.pagesCounted,
    pagesHeld: 0,
  });
  expect((await versions(here, id))[0]).toMatchObject({ origin: "reindex" });
});

test("nothing is kept of a file that can't pass, nor of a document whose updates all went well", async () => {
  const { here, id } = await library(FIRST);
  expect(await refusal(here, id)).toMatchObject({
    code: "conflict",
    detail: "Only a failed document can be tried again; this one is ready.",
  });
  const before = await stored(here, id);
  await replaced(here, id, "%PDF-1.7\n1 0 obj\n<< /Type /Catalog", "cut.pdf");
  await here.finish();
  expect(await stored(here, id)).toEqual({ ...before, states: { 1: "complete", 2: "failed" } });
  expect(await refusal(here, id)).toMatchObject({
    code: "conflict",
    detail: "The file of the update that failed isn't kept. Send the update again.",
  });
  expect(await read(here, id)).toMatchObject({ status: "ready", version: 1, error_code: "corrupt" });
  expect(await stored(here, id)).toEqual({ ...before, states: { 1: "complete", 2: "failed" } });
});

test.each<[string, (here: Deployment, id: string) => Promise<unknown>, string[]]>([
  ["replaced again", (here, id) => replaced(here, id, THIRD), [FIRST, THIRD]],
  ["replaced by the very file that failed", (here, id) => replaced(here, id, SECOND), [FIRST, SECOND]],
  ["read again", (here, id) => here.json("POST", `/documents/${id}/reindex`), [FIRST]],
  ["set back", (here, id) => here.json("POST", `/documents/${id}/versions/1/restore`), [FIRST]],
])("a kept file goes, and what it counted, once the document is %s", async (_, end, left) => {
  const { here, id } = await library(FIRST);
  await failedUpdate(here, id, SECOND);
  await end(here, id);
  await here.finish();
  expect(await read(here, id)).toMatchObject({ status: "ready", error_code: null });
  const { objects, bytes, job, chunks, states } = await stored(here, id);
  expect({ objects, bytes, job }).toEqual({
    objects: sizes(...left),
    bytes: left.reduce((sum, { length }) => sum + length, 0),
    job: null,
  });
  expect(states?.[2]).toBe("failed");
  expect(Object.keys(chunks ?? {})).not.toContain("2");
  expect(await refusal(here, id)).toMatchObject({ code: "conflict" });
});

test.each(["kept", "being tried again"])(
  "deleting a document whose failed update is %s counts its file and leaves none",
  async (when) => {
    const { here, id } = await library(FIRST);
    await failedUpdate(here, id, SECOND);
    if (when !== "kept") expect((await retry(here, id)).status).toBe(202);
    const deletion = await here.json<{ id: string }>("DELETE", `/documents/${id}`);
    expect((await retry(here, id)).status).toBe(404);
    await here.finish();
    expect(await here.json("GET", `/deletions/${deletion.id}`)).toMatchObject({
      state: "complete",
      figures: { objects: { expected: 2, purged: 2, remaining: 0 } },
    });
    expect(await stored(here, id)).toMatchObject({ objects: [], states: null, bytes: 0, pagesHeld: 0 });
    expect(await here.kept()).toEqual([]);
  },
);

test("a kept file that R2 has lost fails the retry for good, and the document is read as before", async () => {
  const { here, id } = await library(FIRST);
  const before = await stored(here, id);
  const kept = new Set((await bucket.list({ prefix: `t/${here.tenantId}/` })).objects.map(({ key }) => key));
  await failedUpdate(here, id, SECOND);
  for (const { key } of (await bucket.list({ prefix: `t/${here.tenantId}/` })).objects)
    if (!kept.has(key)) await bucket.delete(key);
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  expect((await retry(here, id)).status).toBe(202);
  await here.finish();
  log.mockRestore();
  expect(await read(here, id)).toMatchObject({ status: "ready", version: 1, error_code: "file_missing" });
  expect(await stored(here, id)).toEqual({
    ...before,
    states: { 1: "complete", 2: "failed", 3: "failed" },
  });
  expect(await refusal(here, id)).toMatchObject({ code: "conflict" });
});

test("a retry that the month's pages don't suffice for fails as the update would, and stays kept", async () => {
  const { here, id } = await library(FIRST);
  await failedUpdate(here, id, SECOND);
  const setPages = (used: number) =>
    asOwner()`update usage_counters set used = ${used} where tenant_id = ${here.tenantId} and metric = 'pages'`;
  await setPages(PLANS.free.limits.pages);
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  expect((await retry(here, id)).status).toBe(202);
  await here.finish();
  log.mockRestore();
  expect(await read(here, id)).toMatchObject({ status: "ready", version: 1, error_code: "quota_exceeded" });
  await setPages(0);
  expect((await retry(here, id)).status).toBe(202);
  await here.finish();
  expect(await versionRead(here, id)).toBe(4);
});
