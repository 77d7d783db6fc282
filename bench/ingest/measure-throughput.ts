import { setTimeout as sleep } from "node:timers/promises";
import { strToU8, zipSync } from "fflate";
import { ApiError } from "../../dev/client/api.ts";
import { say } from "../../dev/terminal.ts";
import { type Ancre, ingest, startAncre, upload } from "./ancre.ts";
import { generatePdf } from "./generated-pdf.ts";
import { smallFiles } from "./small-files.ts";

const PDF_PAGES = 300;
const FILES = 200;
/** Uploads under way at once, as a browser would. */
const PARALLEL = 6;
const POLL_MS = 500;
/** Seconds after which a set of files counts as stuck. */
const PATIENCE_S = 900;

/**
 * How fast documents become ready through the whole pipeline, with a model that takes `delayMs` for every call: one long
 * PDF, many small files uploaded one by one, and as one ZIP. Figures without a bar, since they are mostly the machine's
 * and the local database's; returns false when a document fails.
 */
export async function measureThroughput(delayMs: number): Promise<boolean> {
  say(`\nTo ready, with a model that takes ${delayMs} ms a call`);
  const ancre = await startAncre(delayMs);
  try {
    await ingest(ancre, "warm-up.pdf", await generatePdf({ pages: 5, seed: 7 }));
    const pdf = await generatePdf({ pages: PDF_PAGES, seed: 8 });
    const { value, seconds } = await timed(() => ingest(ancre, "report.pdf", pdf));
    const chunks = value.chunks_total ?? 0;
    say(
      `${PDF_PAGES} pages in one PDF: ${seconds.toFixed(1)} s, ${chunks} chunks, ${(chunks / seconds).toFixed(0)} chunks/s`,
    );
    const single = await timed(() => uploadSingly(ancre, smallFiles(FILES, "single")));
    say(`${FILES} small files, one upload each: ${single.seconds.toFixed(1)} s`);
    const zip = zipSync(
      Object.fromEntries(
        smallFiles(FILES, "zip").map(({ name, text }) => [`reports/${name}`, strToU8(text)]),
      ),
    );
    const zipped = await timed(() => importZip(ancre, zip));
    if (!zipped.value) {
      say(`${FILES} small files as one ZIP: not measured, this Ancre has no POST /imports`);
      return true;
    }
    const ratio = (zipped.seconds / single.seconds).toFixed(2);
    say(`${FILES} small files as one ZIP: ${zipped.seconds.toFixed(1)} s, × ${ratio} of single uploads`);
    return true;
  } finally {
    await ancre.close();
  }
}

async function uploadSingly(ancre: Ancre, files: { name: string; text: string }[]): Promise<void> {
  const before = await countReady(ancre);
  const left = [...files];
  await Promise.all(
    Array.from({ length: PARALLEL }, async () => {
      for (let file = left.shift(); file; file = left.shift()) {
        await upload(ancre, file.name, strToU8(file.text));
      }
    }),
  );
  await untilReady(ancre, before + files.length);
}

/** False when the API has no imports. */
async function importZip(ancre: Ancre, zip: Uint8Array): Promise<boolean> {
  const before = await countReady(ancre);
  const form = new FormData();
  form.set("collection_id", ancre.collectionId);
  form.set("file", new Blob([new Uint8Array(zip)], { type: "application/zip" }), "reports.zip");
  try {
    await ancre.api.json("POST", "/imports", form);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return false;
    throw error;
  }
  await untilReady(ancre, before + FILES);
  return true;
}

/** Waits until so many documents are ready; rejects when one fails, or when nothing comes any more. */
async function untilReady(ancre: Ancre, count: number): Promise<void> {
  const deadline = Date.now() + PATIENCE_S * 1_000;
  while ((await countReady(ancre)) < count) {
    const failed = await list(ancre, "failed", 1);
    if (failed.data.length > 0) throw new Error(`A document failed: ${JSON.stringify(failed.data[0])}`);
    if (Date.now() > deadline) throw new Error(`Not ready after ${PATIENCE_S} s`);
    await sleep(POLL_MS);
  }
}

type Listed = { data: unknown[]; next_cursor: string | null };

async function countReady(ancre: Ancre): Promise<number> {
  let count = 0;
  let cursor: string | null = null;
  do {
    const page: Listed = await list(ancre, "ready", 100, cursor);
    count += page.data.length;
    cursor = page.next_cursor;
  } while (cursor !== null);
  return count;
}

function list(ancre: Ancre, status: string, limit: number, cursor: string | null = null): Promise<Listed> {
  const query = new URLSearchParams({ collection_id: ancre.collectionId, status, limit: String(limit) });
  if (cursor !== null) query.set("cursor", cursor);
  return ancre.api.json<Listed>("GET", `/documents?${query}`);
}

async function timed<T>(run: () => Promise<T>): Promise<{ value: T; seconds: number }> {
  const startedAt = performance.now();
  const value = await run();
  return { value, seconds: (performance.now() - startedAt) / 1_000 };
}
