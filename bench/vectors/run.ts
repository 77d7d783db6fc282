import { parseArgs } from "node:util";
import { say, warn } from "../../dev/terminal.ts";
import { EXACT_UP_TO } from "../../worker/adapters/vector/pgvector.ts";
import { type Measured, measure, plain, shipped } from "./measure.ts";
import { buildTable, type TenantPlan } from "./table.ts";

const QUESTIONS = 20;
/** Recall@10 below which the command fails. */
const BAR = 0.99;
const ALL = 2 ** 31 - 2;
const ALWAYS_INDEX = -1;

const USAGE = `npm run bench:vectors [-- --large]
  --large  larger tables instead, whose tenants are beyond the bound: about 20 minutes`;

type Table = { dimensions: number; tenants: TenantPlan[] };

const DEFAULT: Table[] = [
  { dimensions: 384, tenants: [{ name: "alone", rows: EXACT_UP_TO + 1_000 }] },
  { dimensions: 384, tenants: shares(10_000) },
  { dimensions: 1_536, tenants: shares(3_000) },
];

const LARGE: Table[] = [
  {
    dimensions: 384,
    tenants: [
      { name: "53 %", rows: 24_000 },
      { name: "47 %, elsewhere", rows: 21_000, centres: 10 },
    ],
  },
  { dimensions: 1_536, tenants: [{ name: "alone", rows: EXACT_UP_TO + 1_000 }] },
];

/** Elsewhere: near a tenth of the centres, while questions are near any of them. */
function shares(rows: number): TenantPlan[] {
  return [
    { name: "45 %", rows: Math.round(rows * 0.45) },
    { name: "35 %, elsewhere", rows: Math.round(rows * 0.35), centres: 10 },
    { name: "19 %", rows: Math.round(rows * 0.19) },
    { name: "1 %", rows: Math.round(rows * 0.01) },
  ];
}

/**
 * `npm run bench:vectors`: Recall@10 of vector search against brute force and its latency against comparing all, by the
 * tenant's size and share of the table, in embedded Postgres. Exits with 1 if what ships is below the bar anywhere.
 */
async function main(tables: Table[]): Promise<number> {
  let worst = 1;
  say("dims   tenant             rows │ all compared │ plain HNSW      │ index first, then all │ as shipped");
  for (const { dimensions, tenants } of tables) {
    const table = await buildTable(dimensions, tenants);
    const questions = Array.from({ length: QUESTIONS }, () => table.mixture.draw());
    for (const tenant of table.tenants) {
      const measured = await measure(table, tenant, questions, [
        shipped(table, tenant, ALL),
        plain(table, tenant),
        shipped(table, tenant, ALWAYS_INDEX),
        shipped(table, tenant, EXACT_UP_TO),
      ]);
      const [all, simple, index, used] = measured as [Measured, Measured, Measured, Measured];
      worst = Math.min(worst, used.recall);
      const cells = [
        `${String(dimensions).padStart(4)}   ${tenant.name.padEnd(15)} ${String(tenant.rows).padStart(7)}`,
        `${percent(all.recall)} ${all.ms.toFixed(0).padStart(4)} ms`,
        `${percent(simple.recall)} ${ratio(simple, all)}`,
        `${percent(index.recall)} ${ratio(index, all)} ${percent(index.exact)}`,
        `${percent(used.recall)} ${ratio(used, all)} ${percent(used.exact)}`,
      ];
      say(cells.join(" │ "));
    }
    await table.database.close();
  }
  return worst >= BAR ? 0 : 1;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1).padStart(5)} %`;
}

function ratio(measured: Measured, all: Measured): string {
  return `× ${(measured.ms / all.ms).toFixed(2).padStart(5)}`;
}

try {
  const { values } = parseArgs({ options: { large: { type: "boolean" }, help: { type: "boolean" } } });
  if (values.help) say(USAGE);
  else process.exitCode = await main(values.large ? LARGE : DEFAULT);
} catch (error) {
  warn(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  process.exitCode = 1;
}
