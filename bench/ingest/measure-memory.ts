import { join } from "node:path";
import { say } from "../../dev/terminal.ts";
import { startBareWorker } from "../bare-worker.ts";
import { ingest, startAncre } from "./ancre.ts";
import { type GeneratedPdf, generatePdf } from "./generated-pdf.ts";
import { peakAboveIdle } from "./workerd-memory.ts";

/** MB above idle, and MB between the smallest and the largest file: memory doesn't grow with pages. */
const BAR_MB = 100;
const FLAT_MB = 25;
/** Bytes that images make of one file of the greatest length; what an upload may have is 52 MB. */
const PADDED_BYTES = 48_000_000;
/** Read first, so that what a Worker loads once counts as idle. */
const WARM_UP: GeneratedPdf = { pages: 5, seed: 7 };

/**
 * Peak memory above idle of reading PDFs of growing length, in a Worker of its own for each: the real one, from the
 * upload until the document is ready, and one that calls unpdf's `extractText`. Returns whether the bars are passed.
 */
export async function measureMemory(lengths: number[]): Promise<boolean> {
  if (process.platform !== "linux") {
    say("\nPeak memory is read from /proc, which this system doesn't have: skipped");
    return true;
  }
  say("\nPeak resident memory of workerd above idle, MB");
  say(line("pages", "MB of file", "unpdf", "ancre"));
  const longest = Math.max(...lengths);
  const cases = [
    ...lengths.map((pages) => ({ pages, seed: pages, imageBytes: 0 })),
    { pages: longest, seed: longest + 1, imageBytes: PADDED_BYTES },
  ];
  const peaks: number[] = [];
  for (const options of cases) {
    const bytes = await generatePdf(options);
    const raw = await orReason(peakOfRaw(bytes));
    const ours = await orReason(peakOfAncre(bytes));
    peaks.push(typeof ours === "number" ? ours : Number.POSITIVE_INFINITY);
    say(line(String(options.pages), (bytes.length / 1e6).toFixed(1), show(raw), show(ours)));
  }
  const texts = peaks.slice(0, lengths.length);
  const grows = Math.max(...texts) - Math.min(...texts);
  const passed = Math.max(...peaks) < BAR_MB && grows <= FLAT_MB;
  say(`Bar: < ${BAR_MB} MB, and ≤ ${FLAT_MB} MB between lengths: ${passed ? "passed" : "FAILED"}`);
  return passed;
}

async function peakOfAncre(bytes: Uint8Array): Promise<number> {
  const ancre = await startAncre(0);
  try {
    await ingest(ancre, "warm-up.pdf", await generatePdf(WARM_UP));
    return await peakAboveIdle(async () => {
      await ingest(ancre, "measured.pdf", bytes);
    });
  } finally {
    await ancre.close();
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
    return await peakAboveIdle(() => extract(bytes));
  } finally {
    await worker.stop();
  }
}

/** A file that can't be read is a result too. */
async function orReason(peak: Promise<number>): Promise<number | string> {
  return peak.catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
}

function show(peak: number | string): string {
  return typeof peak === "number" ? peak.toFixed(0) : `failed (${peak})`;
}

function line(...cells: string[]): string {
  return cells.map((cell) => cell.padStart(12)).join("");
}
