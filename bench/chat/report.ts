import { say } from "../../dev/terminal.ts";
import { formatSpread, spreadOf } from "../ingest/statistics.ts";
import { type Block, ownTime, type Percentiles, percentiles, type Summary } from "./measures.ts";

const COLUMNS = [
  ["at once", 7],
  ["server", 18],
  ["turn", 10],
  ["own p50", 8],
  ["p95", 7],
  ["p99", 7],
  ["first text", 11],
  ["+/token", 8],
  ["CPU", 7],
  ["models", 7],
  ["database", 9],
  ["errors", 7],
  ["cut", 4],
] as const;

export function printHeader(): void {
  say(
    COLUMNS.map(([name, width], at) =>
      at === 1 || at === 2 ? ` ${name.padEnd(width - 1)}` : name.padStart(width),
    ).join(""),
  );
}

export function printSummary(summary: Summary): void {
  const { own, firstText, turn, system } = summary;
  const ms = (value: number | null | undefined, digits = 0) => (value == null ? "" : value.toFixed(digits));
  const cells = [
    String(summary.listeners),
    system,
    turn,
    ...[own?.p50, own?.p95, own?.p99].map((value) => ms(value, 1)),
    ms(firstText?.p50),
    ms(summary.addedPerTokenMs, 2),
    ms(summary.cpuMsPerAnswer, 1),
    ms(summary.modelCalls, 1),
    ms(summary.databaseTripsPerAnswer, 1),
    String(summary.errors),
    String(summary.incomplete),
  ];
  say(
    cells
      .map((cell, at) => {
        const width = COLUMNS[at]?.[1] ?? 0;
        return at === 1 || at === 2 ? ` ${cell.padEnd(width - 1)}` : cell.padStart(width);
      })
      .join(""),
  );
}

type Bar = { name: string; value: string; reached: boolean };

/** The bars that the run's numbers of listeners allow to judge. A ratio is told with its rounds' quartiles. */
export function judge(blocks: Block[], summaries: Summary[]): Bar[] {
  const own = (share: keyof Percentiles) => (block: Block) =>
    percentiles(block.asked.filter(({ turn }) => turn === "first").map(ownTime))?.[share];
  const followUp = (block: Block) =>
    percentiles(
      block.asked.filter(({ turn }) => turn === "follow-up").map(({ listened }) => listened.firstMs),
    )?.p50;
  const bars: Array<Bar | null> = [
    ratioBar(blocks, {
      what: "own time p50 at 1",
      listeners: 1,
      peer: "LangChain lean",
      most: 2,
      of: own("p50"),
    }),
    ratioBar(blocks, {
      what: "own time p95 at 16",
      listeners: 16,
      peer: "LangChain lean",
      most: 1,
      of: own("p95"),
    }),
    ratioBar(blocks, {
      what: "follow-up's first text at 1",
      listeners: 1,
      peer: "LangChain history",
      most: 0.55,
      of: followUp,
    }),
    tripsBar(summaries),
    faultsBar(summaries),
  ];
  return bars.filter((bar) => bar !== null);
}

type RatioBar = {
  what: string;
  listeners: number;
  peer: string;
  most: number;
  of(block: Block): number | undefined;
};

function ratioBar(blocks: Block[], { what, listeners, peer, most, of }: RatioBar): Bar | null {
  const values = (system: string) =>
    blocks
      .filter((block) => block.system === system && block.listeners === listeners)
      .flatMap((block) => of(block) ?? []);
  const [ours, theirs] = [values("Ancre"), values(peer)];
  if (ours.length === 0 || ours.length !== theirs.length) return null;
  const ratio = spreadOf(ours.map((value, round) => value / (theirs[round] ?? Number.NaN)));
  return {
    name: `${what} ≤ ${most} × ${peer}`,
    value: `× ${formatSpread(ratio)}`,
    reached: ratio.median <= most,
  };
}

/** Calls to models for a question, first or not. */
const MODEL_CALLS = 2;

function tripsBar(summaries: Summary[]): Bar | null {
  const calls = summaries.filter(({ system }) => system === "Ancre").map(({ modelCalls }) => modelCalls);
  if (calls.length === 0) return null;
  return {
    name: `${MODEL_CALLS} model calls a question, follow-ups too`,
    value: `${Math.min(...calls).toFixed(2)}–${Math.max(...calls).toFixed(2)}`,
    reached: calls.every((count) => count === MODEL_CALLS),
  };
}

function faultsBar(summaries: Summary[]): Bar | null {
  const most = Math.max(...summaries.map(({ listeners }) => listeners));
  const ours = summaries.filter(({ system, listeners }) => system === "Ancre" && listeners === most);
  if (ours.length === 0) return null;
  const faults = ours.reduce((sum, { errors, incomplete }) => sum + errors + incomplete, 0);
  return { name: `no error, no cut answer at ${most}`, value: String(faults), reached: faults === 0 };
}
