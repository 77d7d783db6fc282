import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { readPages } from "../../dev/fixtures/read-pages.ts";
import { say } from "../../dev/terminal.ts";
import { CHUNK_SIZES, chunkPages } from "../../worker/ingest/chunking/chunk-pages.ts";
import { type ParsedPage, ParseFailure } from "../../worker/ports/document-parser.ts";
import { type BenchFile, parser } from "./documents.ts";
import { formatSpread, interleave, ratioOf, spreadOf } from "./statistics.ts";

/** Least MB/s over LangChain's, and most time for ten times the text. */
const BAR = 2;
const GROWTH_BAR = 11;
/** Runs timed as one: a single one is shorter than the clock is good for. */
const RUNS = 5;
/** UTF-16 units of text that growth starts from, at least; below, fixed costs would flatter it. */
const LEAST_TEXT = 200_000;

type PageDocument = { pageContent: string; metadata: { page: number } };
type Splitter = {
  splitText(text: string): Promise<string[]>;
  splitDocuments(documents: PageDocument[]): Promise<unknown[]>;
};

/**
 * MB of UTF-8 a second of CPU that `chunkPages` cuts, against LangChain's RecursiveCharacterTextSplitter set to the same
 * size over the same pages, and how its time grows with the text. Returns whether both bars are passed.
 */
export async function measureChunker(files: BenchFile[], rounds: number): Promise<boolean> {
  const documents = await readAll(files);
  const grown = await measureGrowth(documents, rounds);
  const splitter = await loadSplitter();
  if (splitter === null) {
    say("LangChain isn't installed, so the chunker's MB/s are not compared: npm ci --prefix bench/peers");
    return grown;
  }
  say(`\nChunker, MB per second of CPU (${rounds} rounds in turn)`);
  say(line("", "MB/s", "ancre faster by (quartiles)"));
  const inputs = documents.map((pages) => ({
    pages,
    text: pages.map(({ text }) => text).join("\n\n"),
    split: pages.map(({ text, number }) => ({ pageContent: text, metadata: { page: number } })),
  }));
  const megabytes = (RUNS * inputs.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)) / 1e6;
  const times = await interleave(
    {
      "chunkPages: positions, headings": repeat(() => inputs.map(({ pages }) => chunkPages(pages))),
      "LangChain splitDocuments: lines": repeat(() =>
        Promise.all(inputs.map(({ split }) => splitter.splitDocuments(split))),
      ),
      "LangChain splitText: bare text": repeat(() =>
        Promise.all(inputs.map(({ text }) => splitter.splitText(text))),
      ),
    },
    rounds,
  );
  const ours = times["chunkPages: positions, headings"];
  const faster = Object.entries(times).map(([name, theirs]) => {
    const ratio = ratioOf(theirs, ours);
    const speed = (megabytes / (spreadOf(theirs).median / 1_000)).toFixed(0);
    say(line(name, speed, theirs === ours ? "" : formatSpread(ratio)));
    return theirs === ours ? Number.POSITIVE_INFINITY : ratio.median;
  });
  const passed = Math.min(...faster) >= BAR;
  say(`Bar: ≥ ${BAR} × either: ${passed ? "passed" : "FAILED"}`);
  return passed && grown;
}

async function measureGrowth(documents: ParsedPage[][], rounds: number): Promise<boolean> {
  const once = renumber(documents.flat(), LEAST_TEXT);
  const tenfold = renumber(once, 10 * lengthOf(once));
  // As many chunks are kept either way, or the garbage collector's share would grow with what is kept alive.
  const times = await interleave(
    {
      tenTimes: () => Array.from({ length: 10 }, () => chunkPages(once)),
      tenfold: () => [chunkPages(tenfold)],
    },
    rounds,
  );
  const growth = spreadOf(times.tenfold.map((time, round) => (10 * time) / (times.tenTimes[round] ?? 0)));
  const passed = growth.median <= GROWTH_BAR;
  say("\nChunker, time for ten times the text");
  say(`× ${formatSpread(growth)}. Bar: ≤ ${GROWTH_BAR}: ${passed ? "passed" : "FAILED"}`);
  return passed;
}

/** The pages over and over as those of one document, until it holds `length` UTF-16 units. */
function renumber(pages: ParsedPage[], length: number): ParsedPage[] {
  const longer: ParsedPage[] = [];
  let held = 0;
  while (held < length) {
    for (const page of pages) longer.push({ ...page, number: longer.length + 1 });
    held = lengthOf(longer);
  }
  return longer;
}

function lengthOf(pages: ParsedPage[]): number {
  return pages.reduce((sum, { text }) => sum + text.length, 0);
}

function repeat(run: () => unknown): () => Promise<void> {
  return async () => {
    for (let left = RUNS; left > 0; left--) await run();
  };
}

async function readAll(files: BenchFile[]): Promise<ParsedPage[][]> {
  const documents: ParsedPage[][] = [];
  for (const { bytes, name } of files) {
    try {
      documents.push((await readPages(parser, bytes, name)).pages);
    } catch (error) {
      if (!(error instanceof ParseFailure)) throw error;
    }
  }
  return documents;
}

/** Null when it isn't installed: the peers have a lock file of their own, and nothing of Ancre depends on them. */
async function loadSplitter(): Promise<Splitter | null> {
  const require = createRequire(new URL("../peers/package.json", import.meta.url));
  let entry: string;
  try {
    entry = require.resolve("@langchain/textsplitters");
  } catch {
    return null;
  }
  const { RecursiveCharacterTextSplitter } = await import(pathToFileURL(entry).href);
  return new RecursiveCharacterTextSplitter({ chunkSize: CHUNK_SIZES.target, chunkOverlap: 0 });
}

function line(name: string, speed: string, ratio: string): string {
  return `${name.padEnd(34)}${speed.padStart(8)}${ratio.padStart(30)}`;
}
