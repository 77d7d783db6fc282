import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { say } from "../../dev/terminal.ts";
import { startBareWorker } from "../bare-worker.ts";
import { freePort } from "../free-port.ts";
import { ingest, readAnew, startAncre } from "./ancre.ts";
import { type GeneratedPdf, generatePdf } from "./generated-pdf.ts";
import { isolatePeak } from "./isolate-memory.ts";
import { residentPeak } from "./workerd-memory.ts";

/** MB above idle, and MB between the smallest and the largest file: memory doesn't grow with pages. */
const BAR_MB = 100;
const FLAT_MB = 25;
/** Bytes that images make of one file of the greatest length; what an upload may have is 52 MB. */
const PADDED_BYTES = 48_000_000;
/** Read first, so that what a Worker loads once counts as idle. */
const WARM_UP: GeneratedPdf = { pages: 5, seed: 7 };
/**
 * V8's heap is bounded to half of what a Worker's isolate may have (128 MB); the rest is for array buffers. Without a bound
 * it grows by what it needn't collect yet, and where it can't do with this much the process ends.
 */
const V8_FLAGS = "--max-heap-size=64";

/** MB above idle: of the Worker's isolate, and of the process that it and the local R2 run in. */
type Peaks = { isolate: number; resident: number };

/**
 * Peak memory above idle of reading PDFs of growing length, in a Worker of its own for each: the real one, and one that
 * calls unpdf's `extractText`. Returns whether the bars are passed.
 */
export async function measureMemory(lengths: number[]): Promise<boolean> {
  if (process.platform !== "linux") {
    say("\nPeak memory is read from /proc, which this system doesn't have: skipped");
    return true;
  }
  // How miniflare takes flags for workerd.
  process.env.MINIFLARE_WORKERD_V8_FLAGS = V8_FLAGS;
  say(`\nPeak memory above idle, MB (V8 with ${V8_FLAGS})`);
  say(line("", "", "resident", "resident", "isolate"));
  say(line("pages", "MB of file", "unpdf", "ancre", "ancre"));
  const longest = Math.max(...lengths);
  const cases = [
    ...lengths.map((pages) => ({ pages, seed: pages, imageBytes: 0 })),
    { pages: longest, seed: longest + 1, imageBytes: PADDED_BYTES },
  ];
  const isolates: number[] = [];
  for (const options of cases) {
    const bytes = await generatePdf(options);
    const raw = await orReason(peakOfRaw(bytes));
    const ours = await orReason(peaksOfAncre(bytes));
    const figures = typeof ours === "string" ? [ours] : [show(ours.resident), show(ours.isolate)];
    isolates.push(typeof ours === "string" ? Number.POSITIVE_INFINITY : ours.isolate);
    say(line(String(options.pages), (bytes.length / 1e6).toFixed(1), show(raw), ...figures));
  }
  const texts = isolates.slice(0, lengths.length);
  const grows = Math.max(...texts) - Math.min(...texts);
  const passed = Math.max(...isolates) < BAR_MB && grows <= FLAT_MB;
  say(
    `Bar, of the isolate: < ${BAR_MB} MB, and ≤ ${FLAT_MB} MB between lengths: ${passed ? "passed" : "FAILED"}`,
  );
  return passed;
}

/**
 * The isolate from the upload until the document is ready; then, in another process that took no upload, the process while
 * the stored file is read anew: otherwise what the local R2 holds of an upload is most of it.
 */
async function peaksOfAncre(bytes: Uint8Array): Promise<Peaks> {
  const dataDir = mkdtempSync(join(tmpdir(), "ancre-bench-"));
  try {
    const inspectorPort = await freePort();
    const first = await startAncre(0, { dataDir, inspectorPort });
    const documents = [];
    let isolate = 0;
    try {
      documents.push(await ingest(first, "warm-up.pdf", await generatePdf(WARM_UP)));
      isolate = await isolatePeak(inspectorPort, async () => {
        documents.push(await ingest(first, "measured.pdf", bytes));
      });
    } finally {
      await first.close();
    }
    const [warmUp, measured] = documents;
    const second = await startAncre(0, { dataDir });
    try {
      if (warmUp) await readAnew(second, warmUp);
      const resident = await residentPeak(async () => {
        if (measured) await readAnew(second, measured);
      });
      return { isolate, resident };
    } finally {
      await second.close();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function peakOfRaw(bytes: Uint8Array): Promise<number> {
  const worker = await startBareWorker(join(import.meta.dirname, "raw-worker"));
  const extract = async (body: Uint8Array) => {
    const response = await fetch(worker.url, { method: "POST", body: new Uint8Array(body) });
    if (!response.ok) throw new Error(`the raw Worker answered ${response.status}`);
    await response.text();
  };
  try {
    await extract(await generatePdf(WARM_UP));
    return await residentPeak(() => extract(bytes));
  } finally {
    await worker.stop();
  }
}

/** A file that can't be read is a result too. */
async function orReason<T>(peak: Promise<T>): Promise<T | string> {
  return peak.catch((error: unknown) => `failed (${error instanceof Error ? error.message : String(error)})`);
}

function show(peak: number | string): string {
  return typeof peak === "number" ? peak.toFixed(0) : peak;
}

function line(...cells: string[]): string {
  return cells.map((cell) => cell.padStart(12)).join("");
}
