import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { bookText, buildBookPdf } from "../../dev/fixtures/build-book-pdf.ts";
import type { FileStore, TenantContext } from "../context.ts";
import { parseEnv } from "../env.ts";
import { type Chunk, chunkPages } from "../ingest/chunking/chunk-pages.ts";
import { chunkDocument } from "../ingest/stages/chunk.ts";
import { claimWork, readWork } from "../ingest/stages/load.ts";
import { parseSlice } from "../ingest/stages/parse.ts";
import { systemContext } from "../ingest/system-context.ts";
import type { ParsedPage } from "../ports/document-parser.ts";
import { storageKey } from "../services/documents/storage-key.ts";
import { storeOriginal } from "../services/documents/store-original.ts";
import { takeIn } from "../services/documents/take-in.ts";
import { wire } from "../wiring.ts";
import { asOwner, createTenant, ingest } from "./harness.ts";

const MIB = 2 ** 20;

/** A document that is stored and claimed, and that no queue knows of; `reads` are the bytes asked of R2. */
async function claimedDocument(filename: string, content: Uint8Array, wrap = (files: FileStore) => files) {
  const tenant = await createTenant();
  const { id: collectionId } = await tenant.json<{ id: string }>("POST", "/collections", { name: "Library" });
  const bound = systemContext(wire(parseEnv(env as never)), tenant.id);
  const reads: number[] = [];
  const silent = { send: async () => ({}), sendBatch: async () => ({}) };
  const counting = new Proxy(wrap(bound.files), {
    get(files, name: keyof FileStore) {
      if (name !== "get") return files[name].bind(files as never);
      return (key: string, options?: { range: { length: number } }) => {
        reads.push(options?.range.length ?? content.length);
        return files.get(key, options as never);
      };
    },
  });
  const ctx = { ...bound, ingestQueue: silent, files: counting } as unknown as TenantContext;
  const id = crypto.randomUUID();
  const file = await storeOriginal(ctx, storageKey(tenant.id, id, 1), {
    filename,
    content: new Blob([content]),
    maxBytes: content.length,
  });
  await takeIn(ctx, { id, collectionId, file });
  await claimWork(ctx, id);
  const document = async () => {
    const work = await readWork(ctx, id);
    if (!work) throw new Error("no work");
    return work.document;
  };
  return { tenant, ctx, id, reads, document };
}

test("a long PDF is read slice by slice, none of which asks R2 for much of it", async () => {
  const pages = 540;
  const file = buildBookPdf({ pages, pictureBytes: 16_000, fanout: 20 });
  const { tenant, ctx, id, reads, document } = await claimedDocument("book.pdf", file);
  const slices: number[] = [];
  for (let state = "more"; state === "more"; ) {
    reads.length = 0;
    state = await parseSlice(ctx, await document());
    slices.push(reads.reduce((sum, length) => sum + length, 0));
    expect(Math.max(...reads)).toBeLessThan(2 * MIB);
    expect(reads.length).toBeLessThan(40);
  }
  expect(slices.length).toBeGreaterThan(2);
  for (const bytes of slices) expect(bytes).toBeLessThan(0.7 * file.length);
  const stored =
    await asOwner()`select number, text from document_pages where document_id = ${id} order by number`;
  expect(stored).toEqual(
    Array.from({ length: pages }, (_, index) => ({ number: index + 1, text: bookText(index + 1) })),
  );
  expect(await tenant.json("GET", `/documents/${id}`)).toMatchObject({
    pages_done: pages,
    pages_total: pages,
  });
});

test("R2 that doesn't answer is no fault of the file's; a file that is gone is", async () => {
  const file = buildBookPdf({ pages: 3, pictureBytes: 100, fanout: 20 });
  const away = await claimedDocument("book.pdf", file, (files) => ({
    ...bindAll(files),
    get: () => Promise.reject(new Error("internal error of R2")),
  }));
  await expect(parseSlice(away.ctx, await away.document())).rejects.toMatchObject({ reason: "internal" });
  const gone = await claimedDocument(
    "book.pdf",
    file,
    (files) =>
      ({
        ...bindAll(files),
        get: () => Promise.resolve(null),
      }) as FileStore,
  );
  await expect(parseSlice(gone.ctx, await gone.document())).rejects.toMatchObject({ reason: "file_missing" });
});

function bindAll(files: FileStore): FileStore {
  return {
    put: files.put.bind(files),
    get: files.get.bind(files),
    delete: files.delete.bind(files),
    list: files.list.bind(files),
    head: files.head.bind(files),
    resumeMultipartUpload: files.resumeMultipartUpload.bind(files),
    createMultipartUpload: files.createMultipartUpload.bind(files),
  };
}

test("the chunks of a document that takes several slices are those of all its pages at once", async () => {
  const { ctx, id, document } = await claimedDocument("long.md", new TextEncoder().encode(longHandbook()));
  while ((await parseSlice(ctx, await document())) === "more");
  await chunkDocument(ctx, await document());
  const sql = asOwner();
  const pages = await sql`select * from document_pages where document_id = ${id} order by number`;
  const chunks = await sql`select ordinal, segments, heading_path as headings, text from chunks
    where document_id = ${id} order by ordinal`;
  expect(pages.reduce((sum, { text }) => sum + text.length, 0)).toBeGreaterThan(1_000_000);
  // Written by hand to a jsonb column, keys come back in another order; their values are what counts.
  expect(chunks as Chunk[]).toEqual(chunkPages(pages as ParsedPage[]));
});

function longHandbook(): string {
  const sentence = (part: number, line: number) =>
    `Rule ${line} of part ${part} says what is to be done in such a case.`;
  return Array.from({ length: 260 }, (_, part) => {
    const lines = Array.from({ length: 70 }, (_, line) => sentence(part, line));
    return `${part % 9 === 0 ? "#" : "##"} Part ${part}\n\n${lines.join(part % 2 ? " " : "\n\n")}`;
  }).join("\n\n");
}

test("the parse report tells what reading met, page by page and in all", async () => {
  const tenant = await createTenant();
  const { id: collectionId } = await tenant.json<{ id: string }>("POST", "/collections", { name: "Library" });
  const image = "![a picture](a.png)";
  const source = `# One\n\n${image} Words.\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n# Two\n\n\uE001\uE002\uE003 ab\n\n# Three\n\nEnd.`;
  const { id } = await ingest(tenant, collectionId, "report.md", source);
  const report = await tenant.json("GET", `/documents/${id}/report`);
  expect(report).toMatchObject({
    document_id: id,
    version: 1,
    pages_total: 3,
    totals: {
      pages: 3,
      garbled: 1,
      scanned: 0,
      without_text: 0,
      tables: 1,
      dropped: { image: 1 },
      unreported: 0,
    },
    data: [
      { number: 1, kind: "section", label: "One", report: { garbled: 0, tables: 1, dropped: { image: 1 } } },
      // Three of nine: the marks of a heading are text too.
      { number: 2, report: { garbled: 3 / 9, tables: 0, dropped: {} } },
      { number: 3, report: { garbled: 0 } },
    ],
    next_after: null,
  });
  const first = await tenant.json<{ data: Array<{ number: number; report: { characters: number } }> }>(
    "GET",
    `/documents/${id}/report?limit=2`,
  );
  expect(first).toMatchObject({ totals: { pages: 3 }, next_after: 2 });
  expect(first.data.map(({ number }) => number)).toEqual([1, 2]);
  const page = await tenant.json<{ text: string }>("GET", `/documents/${id}/pages/1`);
  expect(first.data[0]?.report.characters).toBe(page.text.length);
  const rest = await tenant.json<{ data: Array<{ number: number }> }>(
    "GET",
    `/documents/${id}/report?limit=2&after=2`,
  );
  expect(rest).toMatchObject({ data: [{ number: 3 }], next_after: null });
  expect(await tenant.json("GET", `/documents/${id}`)).toMatchObject({
    status: "ready",
    warnings: [{ code: "page_garbled", pages: [2] }],
  });
  expect((await tenant.request("GET", `/documents/${id}/report?version=7`)).status).toBe(404);
});
