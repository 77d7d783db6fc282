import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { type ApiClient, createApiClient } from "../../dev/client/api.ts";
import { startStack } from "../../dev/stack.ts";
import { say, warn } from "../../dev/terminal.ts";
import { type Answer, askAll, evaluateAnswers } from "./answers.ts";
import { evaluateGuardOn } from "./guard.ts";
import { buildLibrary, corpusFiles } from "./library.ts";
import { every, LARGE, readQuestions } from "./questions.ts";
import { formatTable, toRows } from "./report.ts";
import { evaluateRetrieval, type Measures } from "./retrieval.ts";

const USAGE = `Usage: npm run eval -- DATA [--sample N] [--out FILE]
  DATA      a folder with questions.jsonl and the files it names
  --sample  ask every Nth question of the large sets only (default 1: all)
  --out     where the figures go as JSON (default eval.json)`;

/** Of the large question sets, one question in so many is also asked of an assistant. */
const ANSWERED: Record<string, number> = { piaf: 12, xquad: 6, "chroma-chunking": Number.POSITIVE_INFINITY };
/** Requests a minute that one sender has; a run of thousands takes turns with several keys. */
const KEYS = 12;

/**
 * `npm run eval -- DATA`: uploads the corpora to a fresh local Ancre and asks all the questions, over HTTP as a
 * customer would. Prints one table, writes it as JSON, and exits with 1 when a bar isn't reached.
 */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { sample: { type: "string", default: "1" }, out: { type: "string", default: "eval.json" } },
  });
  const [data] = positionals;
  const sample = Number(values.sample);
  if (!data || positionals.length > 1 || !Number.isInteger(sample) || sample < 1) {
    warn(USAGE);
    return 1;
  }
  const questions = await readQuestions(data);
  const stack = await startStack({ dataDir: null, ports: "free", web: false });
  try {
    const ancre: Measures = {};
    const baseline: Measures = {};
    const answered: Answer[] = [];
    const owner = createApiClient({ url: stack.apiUrl });
    const api = await takingTurns(owner, stack.apiUrl);
    for (const corpus of [...new Set(questions.map((question) => question.corpus))]) {
      const asked = questions.filter((question) => question.corpus === corpus);
      const files = await corpusFiles(data, corpus, questions);
      const library = await buildLibrary(api, data, corpus, files);
      say(`${corpus}: ${files.length} documents, ${asked.length} questions`);
      const searched = every(asked, (question) => (LARGE.has(question.dataset) ? sample : 1));
      const found = await evaluateRetrieval(
        api,
        library,
        searched.filter(({ answerable }) => answerable),
      );
      merge(ancre, found.ancre);
      merge(baseline, found.baseline);
      const answers = await askAll(
        api,
        library,
        every(asked, ({ dataset }) => ANSWERED[dataset] ?? 1),
      );
      merge(ancre, evaluateAnswers(library, answers));
      answered.push(...answers);
    }
    merge(ancre, evaluateGuardOn(answered));
    const rows = toRows(ancre, baseline);
    say(formatTable(rows));
    await writeFile(values.out, `${JSON.stringify(rows, null, 2)}\n`);
    const below = rows.filter(({ passed }) => passed === false);
    say(
      below.length === 0
        ? "\nAll bars reached."
        : `\nBelow its bar: ${below.map((row) => row.measure).join(", ")}.`,
    );
    return below.length === 0 ? 0 : 1;
  } finally {
    await stack.close();
  }
}

function merge(into: Measures, more: Measures): void {
  for (const [name, values] of Object.entries(more)) into[name] = [...(into[name] ?? []), ...values];
}

/** A client whose requests go out under one API key after the other. */
async function takingTurns(owner: ApiClient, url: string): Promise<ApiClient> {
  const clients: ApiClient[] = [];
  for (let made = 0; made < KEYS; made++) {
    const { key } = await owner.json<{ key: string }>("POST", "/api-keys", {
      name: `eval ${made + 1}`,
      scopes: ["chat", "read", "write"],
    });
    clients.push(createApiClient({ url, apiKey: key }));
  }
  let turn = 0;
  const next = () => clients[turn++ % clients.length] ?? owner;
  return {
    json: (...input) => next().json(...input),
    events: (...input) => next().events(...input),
    upload: (...input) => next().upload(...input),
    settle: (...input) => next().settle(...input),
    page: (...input) => next().page(...input),
  };
}

process.exit(await main());
