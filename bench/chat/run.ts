import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { say, warn } from "../../dev/terminal.ts";
import { startDatabase } from "../database/start.ts";
import { startProcess } from "../process.ts";
import { type Block, summarise } from "./measures.ts";
import { judge, printHeader, printSummary } from "./report.ts";
import { type Probes, runBlock } from "./run-block.ts";
import { startAncre } from "./systems/ancre.ts";
import { startNodeFloor, startWorkerFloor } from "./systems/floors.ts";
import { installPeers, startHistoryAware, startLean } from "./systems/langchain.ts";
import type { System } from "./systems/system.ts";
import type { UpstreamCall } from "./upstream-calls.ts";

const SERVERS = ["node", "workerd", "ancre", "lean", "history"];

const USAGE = `Usage: npm run bench:chat -- [options]
  --levels LIST   listeners at once (default 1,4,16,100,300)
  --rounds N      rounds, in each of which the servers take turns (default 3)
  --postgres URL  Ancre's database is a new one on this server, dropped afterwards: a superuser's address; the server
                  has pgvector and unaccent. By default embedded Postgres, which runs one transaction at a time
  --only NAMES    servers, of ${SERVERS.join()}
  --json FILE     all figures as JSON`;

/** Conversations of each listener in a round: enough questions for percentiles where few listen at once. */
const CONVERSATIONS: Array<[listeners: number, conversations: number]> = [
  [1, 10],
  [4, 5],
  [16, 3],
  [Number.POSITIVE_INFINITY, 1],
];
/** Asked first and not measured: the compilers settle in it. */
const WARM_UP = { round: 0, listeners: 16, conversations: 3 };

type Options = {
  levels: number[];
  rounds: number;
  postgres: string | null;
  only: string[];
  json: string | undefined;
};

/** `npm run bench:chat`: what answering adds to what the models take, against peers. Exits with 1 below a bar. */
async function main({ levels, rounds, postgres, only, json }: Options): Promise<number> {
  if (only.includes("lean") || only.includes("history")) await installPeers();
  const started: Array<{ stop(): Promise<unknown> }> = [];
  try {
    const model = startProcess(new URL("./upstream.ts", import.meta.url));
    started.push(model);
    const { url: upstream } = await model.ask<{ url: string }>();
    const database = only.includes("ancre") ? await startDatabase(postgres) : null;
    const starts: Record<string, () => Promise<System>> = {
      node: () => startNodeFloor(upstream),
      workerd: () => startWorkerFloor(upstream),
      lean: () => startLean(upstream),
      history: () => startHistoryAware(upstream),
      ...(database ? { ancre: () => startAncre(upstream, database.postgres) } : {}),
    };
    const systems: System[] = [];
    for (const name of only) {
      const system = await starts[name]?.();
      if (!system) continue;
      started.push(system);
      systems.push(system);
    }
    const probes: Probes = {
      takeCalls: () => model.ask<UpstreamCall[]>("take"),
      databaseTrips: async () => (await database?.trips()) ?? 0,
    };
    for (const system of systems) await runBlock(system, WARM_UP, probes);
    say(`Milliseconds; ${rounds} rounds in turn; Ancre's database: ${database?.engine ?? "none"}`);
    const blocks = await measure(systems, levels, rounds, probes);
    return conclude(blocks, database?.engine ?? null, json);
  } finally {
    for (const { stop } of started.reverse()) await stop();
  }
}

async function measure(
  systems: System[],
  levels: number[],
  rounds: number,
  probes: Probes,
): Promise<Block[]> {
  const blocks: Block[] = [];
  for (let round = 1; round <= rounds; round++) {
    for (const listeners of levels) {
      const conversations = CONVERSATIONS.find(([most]) => listeners <= most)?.[1] ?? 1;
      for (let turn = 0; turn < systems.length; turn++) {
        const system = systems[(turn + round) % systems.length] as System;
        blocks.push(await runBlock(system, { round, listeners, conversations }, probes));
      }
    }
    warn(`round ${round} of ${rounds}`);
  }
  return blocks;
}

function conclude(blocks: Block[], engine: string | null, json: string | undefined): number {
  const groups = Map.groupBy(blocks, ({ system, listeners }) => `${listeners} ${system}`);
  const summaries = [...groups.values()].flatMap(summarise).sort((a, b) => a.listeners - b.listeners);
  printHeader();
  for (const summary of summaries) printSummary(summary);
  const errors = blocks.flatMap(({ system, asked }) =>
    asked.flatMap(({ listened }) => (listened.error ? `${system}: ${listened.error}` : [])),
  );
  for (const error of new Set(errors)) warn(error);
  const bars = judge(blocks, summaries);
  say();
  for (const { name, value, reached } of bars)
    say(`${reached ? "reached    " : "NOT reached"} ${name}: ${value}`);
  if (json) writeFileSync(json, `${JSON.stringify({ engine, summaries, bars }, null, 2)}\n`);
  return bars.every(({ reached }) => reached) ? 0 : 1;
}

function readOptions(): Options | null {
  const { values } = parseArgs({
    options: {
      levels: { type: "string", default: "1,4,16,100,300" },
      rounds: { type: "string", default: "3" },
      postgres: { type: "string" },
      only: { type: "string", default: SERVERS.join() },
      json: { type: "string" },
      help: { type: "boolean" },
    },
  });
  const levels = values.levels.split(",").map(Number);
  const rounds = Number(values.rounds);
  const sane = [rounds, ...levels].every((value) => Number.isInteger(value) && value > 0);
  const only = values.only.split(",");
  if (values.help || !sane || only.some((name) => !SERVERS.includes(name))) return null;
  return {
    levels,
    rounds,
    postgres: values.postgres ?? null,
    only,
    json: values.json,
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
