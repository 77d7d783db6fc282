import { expect, test, vi } from "vitest";
import { advance } from "../ingest/pipeline.ts";
import { deploy } from "./hand-turned.ts";
import { asOwner } from "./harness.ts";
import { edition, library, QUERY, read, replaced, stored, versionRead } from "./versions-fixture.ts";

const [FIRST, SECOND, THIRD] = [edition("first"), edition("second"), edition("third")];

test.each(["while nothing was read yet", "while the first update is being read"])(
  "of two updates at once the later one wins, and nothing of the earlier one is left: %s",
  async (when) => {
    const { here, id } = await library(FIRST);
    await replaced(here, id, SECOND);
    if (when.startsWith("while the first")) {
      const ctx = here.context();
      const vectors = {
        ...ctx.vectors,
        // Between the vectors' arrival and their acknowledgement.
        upsert: async (entries: Parameters<typeof ctx.vectors.upsert>[0]) => {
          await ctx.vectors.upsert(entries);
          await replaced(here, id, THIRD);
        },
      };
      expect(await advance({ ...ctx, vectors }, id)).toEqual({ state: "settled" });
      expect(await versionRead(here, id)).toBe(1);
    } else await replaced(here, id, THIRD);
    await here.finish();
    expect(await read(here, id)).toMatchObject({ status: "ready", version: 3, published_version: 3 });
    expect(await versionRead(here, id)).toBe(3);
    const { pages, chunks, objects, bytes, job, pagesHeld, states } = await stored(here, id);
    expect(states).toEqual({ 1: "complete", 2: "failed", 3: "complete" });
    expect([Object.keys(pages ?? {}), Object.keys(chunks ?? {})]).toEqual([
      ["1", "3"],
      ["1", "3"],
    ]);
    expect(objects).toEqual([FIRST.length, THIRD.length].sort((a, b) => a - b));
    expect({ bytes, job, pagesHeld }).toEqual({
      bytes: FIRST.length + THIRD.length,
      job: null,
      pagesHeld: 0,
    });
  },
);

test("updates sent at the same moment get versions of their own, and the last of them is read", async () => {
  const { here, id } = await library(FIRST);
  const answers = await Promise.all(["a", "b", "c", "d"].map((name) => replaced(here, id, edition(name))));
  expect(answers.map(({ version }) => version).sort()).toEqual([2, 3, 4, 5]);
  await here.finish();
  const last = answers.find(({ version }) => version === 5);
  expect(await read(here, id)).toMatchObject({ status: "ready", version: 5, sha256: last?.sha256 });
  const { objects, states } = await stored(here, id);
  expect(states).toEqual({ 1: "complete", 2: "failed", 3: "failed", 4: "failed", 5: "complete" });
  expect(objects).toHaveLength(2);
});

test("a first version that is replaced while it is read is never shown", async () => {
  const here = await deploy();
  const id = await here.upload(FIRST);
  await replaced(here, id, SECOND);
  expect((await here.request("GET", `/documents/${id}/pages/1`)).status).toBe(404);
  await here.finish();
  expect(await versionRead(here, id)).toBe(2);
  expect(await stored(here, id)).toMatchObject({
    states: { 1: "failed", 2: "complete" },
    objects: [SECOND.length],
    bytes: SECOND.length,
    job: null,
  });
});

test("a document that failed can be replaced or read again, and counts its pages once it is read", async () => {
  const here = await deploy();
  const id = await here.upload("", "empty.txt");
  await here.finish();
  expect(await read(here, id)).toMatchObject({ status: "failed", version: 1, published_version: null });
  expect((await here.request("POST", `/documents/${id}/reindex`)).status).toBe(202);
  await here.finish();
  expect(await read(here, id)).toMatchObject({ status: "failed", version: 2, error_code: "empty" });
  await replaced(here, id, SECOND);
  await here.finish();
  expect(await versionRead(here, id)).toBe(3);
  const { pages, pagesCounted, bytes, objects, job } = await stored(here, id);
  expect(pagesCounted).toBe(pages?.[3]);
  expect({ bytes, objects, job }).toEqual({ bytes: SECOND.length, objects: [SECOND.length], job: null });
});

test("an update that fails leaves the document ready, read as before, and says why", async () => {
  const { here, id } = await library(FIRST);
  const before = await stored(here, id);
  await replaced(here, id, "%PDF-1.7\n1 0 obj\n<< /Type /Catalog", "cut.pdf");
  await here.finish();
  const document = await read(here, id);
  expect(document).toMatchObject({
    status: "ready",
    version: 1,
    published_version: 1,
    filename: "note.md",
    error_code: "corrupt",
    failed_step: "parse",
    error_message: expect.stringMatching(/^The last update failed.+damaged/),
  });
  expect(document.chunks_done).toBe(document.chunks_total);
  expect(await versionRead(here, id)).toBe(1);
  expect(await stored(here, id)).toEqual({ ...before, states: { 1: "complete", 2: "failed" } });
  await replaced(here, id, SECOND);
  await here.finish();
  expect(await read(here, id)).toMatchObject({
    status: "ready",
    version: 3,
    error_code: null,
    failed_step: null,
  });
});

test("an update whose upstream is away goes on when it is back, and fails when it isn't, kept for a retry", async () => {
  const { here, id } = await library(FIRST);
  const away = await deploy({ EMBEDDING_MODEL: "fault-500" }, here);
  const before = await stored(here, id);
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  await replaced(here, id, SECOND);
  away.queue.push(...here.queue.splice(0));
  await away.turn();
  expect(await read(here, id)).toMatchObject({ status: "processing", version: 2, published_version: 1 });
  expect(await versionRead(here, id)).toBe(1);
  await asOwner()`update ingest_jobs set stuck_since = now() - interval '1 hour' where document_id = ${id}`;
  away.queue.length = 0;
  await away.sweep();
  log.mockRestore();
  expect(await read(here, id)).toMatchObject({
    status: "ready",
    version: 1,
    error_code: "upstream_unavailable",
    failed_step: "embed",
  });
  here.queue.push(...away.queue);
  await here.finish();
  const { objects, bytes, states, searchable, job, pagesHeld } = await stored(here, id);
  expect({ states, searchable, job, pagesHeld }).toEqual({
    states: { 1: "complete", 2: "failed" },
    searchable: before.searchable,
    job: null,
    pagesHeld: 0,
  });
  expect(objects).toEqual([FIRST.length, SECOND.length].sort((a, b) => a - b));
  expect(bytes).toBe(FIRST.length + SECOND.length);
  expect(await versionRead(here, id)).toBe(1);
});

test("deleting while an update is written removes both versions and gives everything back", async () => {
  for (const begun of [false, true]) {
    const { here, id } = await library(FIRST);
    await replaced(here, id, SECOND);
    if (begun) {
      const ctx = here.context();
      const upsert: typeof ctx.vectors.upsert = async (entries) => {
        await ctx.vectors.upsert(entries);
        expect((await here.request("DELETE", `/documents/${id}`)).status).toBe(202);
      };
      await advance({ ...ctx, vectors: { ...ctx.vectors, upsert } }, id);
    } else await here.request("DELETE", `/documents/${id}`);
    expect(await here.search(QUERY)).toEqual([]);
    expect((await here.replace(id, THIRD)).status).toBe(404);
    expect((await here.request("POST", `/documents/${id}/reindex`)).status).toBe(404);
    // The lease of whoever was at it is over.
    await asOwner()`update deletion_receipts set writes_until = now() where tenant_id = ${here.tenantId}`;
    await here.finish();
    expect(await stored(here, id)).toMatchObject({
      pages: null,
      chunks: null,
      vectors: null,
      states: null,
      job: null,
      objects: [],
      bytes: 0,
      pagesHeld: 0,
    });
    expect(await here.kept()).toEqual([]);
  }
});

test("a replacement that the plan has no room for changes nothing", async () => {
  const { here, id } = await library(FIRST);
  await asOwner()`update usage_counters set used = ${2 ** 30 - 10}
    where tenant_id = ${here.tenantId} and metric = 'storage_bytes'`;
  const before = await stored(here, id);
  const refused = await here.replace(id, SECOND);
  expect(refused.status).toBe(402);
  expect(await refused.json()).toMatchObject({ code: "quota_exceeded", quota: { metric: "storage_bytes" } });
  expect(await stored(here, id)).toEqual(before);
  expect(await read(here, id)).toMatchObject({ status: "ready", version: 1 });
});
