import { parseArgs } from "node:util";
import { say, warn } from "../../dev/terminal.ts";
import { readFiles } from "./documents.ts";
import { measureChunker } from "./measure-chunker.ts";
import { measureCpu } from "./measure-cpu.ts";
import { measureMemory } from "./measure-memory.ts";
import { measureThroughput } from "./measure-throughput.ts";

const USAGE = `Usage: npm run bench:ingest -- [FILES] [--cpu] [--chunker] [--memory] [--throughput]
  FILES         PDFs, or folders that hold some, for --cpu and --chunker; generated ones by default
  --cpu         parsing and chunking against unpdf's extractText
  --chunker     the chunker against LangChain's (npm ci --prefix bench/peers)
  --memory      peak memory of the Worker by pages; Linux alone
  --throughput  documents to ready with a model of fixed delay
                none of the four: all of them
  --rounds N    rounds of --cpu and --chunker (default 7)
  --pages LIST  lengths of the PDFs of --memory (default 100,300,619,1000)
  --delay MS    what the model of --throughput takes a call (default 40)`;

const SECTIONS = ["cpu", "chunker", "memory", "throughput"] as const;

type Options = { files: string[]; sections: Set<string>; rounds: number; pages: number[]; delay: number };

/** `npm run bench:ingest`: what reading documents costs. Exits with 1 when a bar is missed. */
async function main({ files: paths, sections, rounds, pages, delay }: Options): Promise<number> {
  const passed: boolean[] = [];
  if (sections.has("cpu") || sections.has("chunker")) {
    const files = await readFiles(paths);
    if (sections.has("cpu")) passed.push(await measureCpu(files, rounds));
    if (sections.has("chunker")) passed.push(await measureChunker(files, rounds));
  }
  if (sections.has("memory")) passed.push(await measureMemory(pages));
  if (sections.has("throughput")) passed.push(await measureThroughput(delay));
  return passed.every(Boolean) ? 0 : 1;
}

function readOptions(): Options | null {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      cpu: { type: "boolean" },
      chunker: { type: "boolean" },
      memory: { type: "boolean" },
      throughput: { type: "boolean" },
      rounds: { type: "string", default: "7" },
      pages: { type: "string", default: "100,300,619,1000" },
      delay: { type: "string", default: "40" },
      help: { type: "boolean" },
    },
  });
  const chosen = SECTIONS.filter((section) => values[section]);
  const pages = values.pages.split(",").map(Number);
  const [rounds, delay] = [Number(values.rounds), Number(values.delay)];
  const sane = [rounds, ...pages].every((value) => Number.isInteger(value) && value > 0) && delay >= 0;
  if (values.help || !sane) return null;
  return {
    files: positionals,
    sections: new Set(chosen.length > 0 ? chosen : SECTIONS),
    rounds,
    pages,
    delay,
  };
}

try {
  const options = readOptions();
  if (options) process.exitCode = await main(options);
  else say(USAGE);
} catch (error) {
  warn(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
