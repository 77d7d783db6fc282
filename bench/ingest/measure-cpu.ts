import { extractText, getDocumentProxy } from "unpdf";
import { readPages } from "../../dev/fixtures/read-pages.ts";
import { say } from "../../dev/terminal.ts";
import { chunkPages } from "../../worker/ingest/chunking/chunk-pages.ts";
import { type ParsedPage, ParseFailure } from "../../worker/ports/document-parser.ts";
import { type BenchFile, parser } from "./documents.ts";
import { formatSpread, interleave, ratioOf, spreadOf } from "./statistics.ts";

/** CPU of parsing and chunking over that of raw text extraction. */
const BAR = 1;

type Row = { name: string; pages: number; ours: number[]; raw: number[] };

/**
 * CPU time per page of reading PDFs into pages, headings and chunks, against unpdf's `extractText`, which gives bare
 * text, over the same files. Prints a line a file; returns whether all files together pass the bar.
 */
export async function measureCpu(files: BenchFile[], rounds: number): Promise<boolean> {
  say(`\nCPU per page, ms (${rounds} rounds in turn)`);
  say(line("file", "pages", "unpdf", "ancre", "ancre / unpdf (quartiles)"));
  const rows: Row[] = [];
  for (const file of files) {
    const pages = await countPages(file);
    if (pages === null) {
      say(`${file.name.padEnd(30)} left out: not both can read it`);
      continue;
    }
    const times = await interleave(
      { raw: () => readRaw(file), ours: async () => chunkPages((await read(file)).pages) },
      rounds,
    );
    rows.push({ name: file.name, pages, ...times });
    say(format({ name: file.name, pages, ...times }));
  }
  const all: Row = {
    name: "all",
    pages: rows.reduce((sum, row) => sum + row.pages, 0),
    ours: sumRounds(rows.map(({ ours }) => ours)),
    raw: sumRounds(rows.map(({ raw }) => raw)),
  };
  say(format(all));
  const passed = ratioOf(all.ours, all.raw).median <= BAR;
  say(`Bar: ≤ ${BAR} for all together: ${passed ? "passed" : "FAILED"}`);
  return passed;
}

async function read({ bytes, name }: BenchFile): Promise<{ pages: ParsedPage[] }> {
  return readPages(parser, bytes, name);
}

/** Null when one of both can't read the file. */
async function countPages(file: BenchFile): Promise<number | null> {
  try {
    const { pages } = await read(file);
    return (await isReadableRaw(file)) ? pages.length : null;
  } catch (error) {
    if (error instanceof ParseFailure) return null;
    throw error;
  }
}

function isReadableRaw(file: BenchFile): Promise<boolean> {
  return readRaw(file).then(
    () => true,
    () => false,
  );
}

/** What `extractText(bytes)` does, without its warnings on the terminal. */
async function readRaw({ bytes }: BenchFile): Promise<void> {
  const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
  try {
    await extractText(pdf, { mergePages: false });
  } finally {
    await pdf.loadingTask.destroy();
  }
}

function sumRounds(times: number[][]): number[] {
  return (times[0] ?? []).map((_, round) => times.reduce((sum, file) => sum + (file[round] ?? 0), 0));
}

function format({ name, pages, ours, raw }: Row): string {
  const perPage = (times: number[]) => (spreadOf(times).median / pages).toFixed(2);
  return line(name, String(pages), perPage(raw), perPage(ours), formatSpread(ratioOf(ours, raw)));
}

function line(name: string, ...cells: string[]): string {
  return `${name.slice(0, 30).padEnd(30)}${cells.map((cell, at) => cell.padStart(at < 3 ? 8 : 28)).join("")}`;
}
