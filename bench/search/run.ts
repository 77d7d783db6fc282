import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { migrate } from "../../dev/migrate.ts";
import { say, warn } from "../../dev/terminal.ts";
import { startDatabase } from "../database/start.ts";
import { quantile } from "../ingest/statistics.ts";
import { fill } from "./fill.ts";
import { type MeasuredTenant, measure, type Times } from "./measure.ts";
import { planTable } from "./plan.ts";

const USAGE = `Usage: npm run bench:search -- [options]
  --sizes LIST      chunks of each table (default 10000,100000; 1000000 takes some twenty minutes to fill)
  --dimensions N    of the vectors (default 384)
  --questions N     put to each tenant (default 30)
  --postgres URL    new databases on this server, dropped afterwards: a superuser's address; the server has pgvector and
                    unaccent. By default embedded Postgres
  --json FILE       all figures as JSON`;

/** Recall@10 below which the command fails, and how much slower the same tenant may be among ten times the others. */
const RECALL_BAR = 0.99;
const GROWTH_BAR = 2;

type Options = {
  sizes: number[];
  dimensions: number;
  questions: number;
  postgres: string | null;
  json: string | undefined;
};

type Row = { table: number } & MeasuredTenant;

/** `npm run bench:search`: retrieval's latency and recall by the size of the tenant and of everything. */
async function main({ sizes, dimensions, questions, postgres, json }: Options): Promise<number> {
  const rows: Row[] = [];
  for (const size of sizes) {
    const database = await startDatabase(postgres);
    try {
      if (rows.length === 0) {
        say(
          `${database.engine}, ${dimensions} dimensions, ${questions} questions a tenant; milliseconds, p50 / p95`,
        );
        say(
          line("all chunks", "tenant's", "vectors", "recall@10", "full text", "commonest word", "retrieval"),
        );
      }
      const startedAt = Date.now();
      const plan = planTable(size);
      await migrate(database.postgres.url("postgres"), database.postgres.fetchEndpoint);
      await fill(database.postgres, plan, dimensions);
      warn(
        `${size} chunks of ${plan.tenants.length} tenants written in ${Math.round((Date.now() - startedAt) / 1_000)} s`,
      );
      for (const tenant of await measure(database.postgres, plan, dimensions, questions)) {
        rows.push({ table: size, ...tenant });
        say(format({ table: size, ...tenant }));
      }
    } finally {
      await database.postgres.close();
    }
  }
  return conclude(rows, json);
}

function conclude(rows: Row[], json: string | undefined): number {
  const recall = Math.min(...rows.map((row) => row.recall));
  const growth = growths(rows);
  say();
  say(`Recall@10 ≥ ${RECALL_BAR}: ${recall.toFixed(3)}, ${recall >= RECALL_BAR ? "reached" : "NOT reached"}`);
  for (const { chunks, from, to, ratio } of growth) {
    const verdict = ratio <= GROWTH_BAR ? "reached" : "NOT reached";
    say(
      `A tenant of ${chunks} in ${to} chunks instead of ${from} ≤ ${GROWTH_BAR} ×: × ${ratio.toFixed(2)}, ${verdict}`,
    );
  }
  if (json) writeFileSync(json, `${JSON.stringify({ rows, growth }, null, 2)}\n`);
  return recall >= RECALL_BAR && growth.every(({ ratio }) => ratio <= GROWTH_BAR) ? 0 : 1;
}

/** How the median of retrieval grows with the table for tenants of one size. */
function growths(rows: Row[]) {
  return [...Map.groupBy(rows, ({ chunks }) => chunks)].flatMap(([chunks, group]) => {
    const [small, large] = [group[0], group.at(-1)];
    if (!small || !large || small === large) return [];
    const ratio = median(large.times.whole) / median(small.times.whole);
    return { chunks, from: small.table, to: large.table, ratio };
  });
}

function median(values: number[]): number {
  return quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  );
}

function format({ table, chunks, times, recall }: Row): string {
  const spread = (name: keyof Times) => {
    const sorted = times[name].toSorted((a, b) => a - b);
    return `${quantile(sorted, 0.5).toFixed(1)} / ${quantile(sorted, 0.95).toFixed(1)}`;
  };
  return line(
    String(table),
    String(chunks),
    spread("dense"),
    recall.toFixed(3),
    spread("lexical"),
    spread("common"),
    spread("whole"),
  );
}

function line(...cells: string[]): string {
  return cells.map((cell, at) => cell.padStart(at < 2 ? 11 : 17)).join("");
}

function readOptions(): Options | null {
  const { values } = parseArgs({
    options: {
      sizes: { type: "string", default: "10000,100000" },
      dimensions: { type: "string", default: "384" },
      questions: { type: "string", default: "30" },
      postgres: { type: "string" },
      json: { type: "string" },
      help: { type: "boolean" },
    },
  });
  const sizes = values.sizes.split(",").map(Number);
  const [dimensions, questions] = [Number(values.dimensions), Number(values.questions)];
  const sane = [dimensions, questions, ...sizes].every((value) => Number.isInteger(value) && value > 0);
  if (values.help || !sane) return null;
  return { sizes, dimensions, questions, postgres: values.postgres ?? null, json: values.json };
}

try {
  const options = readOptions();
  if (options) process.exitCode = await main(options);
  else say(USAGE);
} catch (error) {
  warn(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
