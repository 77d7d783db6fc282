import { quantile } from "../ingest/statistics.ts";
import { TOKENS } from "./library.ts";
import type { Listened } from "./listen.ts";
import type { UpstreamCall } from "./upstream-calls.ts";

/** One question put to a server, as the client and the mock model saw it. */
export type Asked = {
  turn: "first" | "follow-up";
  number: number;
  listened: Listened;
  calls: UpstreamCall[];
  /** Whether the text is the one that the model wrote, to its end */
  whole: boolean;
};

/** What a server adds itself until the first text: milliseconds beyond those that the model made it wait. */
export function ownTime({ listened, calls }: Asked): number | null {
  if (listened.firstMs === null) return null;
  const imposed = calls.map(({ kind, waitMs, writingMs }) =>
    // A rephrased question is waited for to its end, an answer until its first token.
    kind === "rephrase" ? waitMs + writingMs : waitMs,
  );
  return listened.firstMs - imposed.reduce((sum, wait) => sum + wait, 0);
}

/** Milliseconds that a server adds between two tokens, on average over an answer. */
export function addedPerToken({ listened, calls }: Asked): number | null {
  const answer = calls.find(({ kind }) => kind === "answer");
  return answer ? (listened.writingMs - answer.writingMs) / (TOKENS.answer - 1) : null;
}

export type Percentiles = { p50: number; p95: number; p99: number };

/** Null when there is nothing to tell of. */
export function percentiles(values: Array<number | null>): Percentiles | null {
  const sorted = values.filter((value) => value !== null).toSorted((a, b) => a - b);
  if (sorted.length === 0) return null;
  return { p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), p99: quantile(sorted, 0.99) };
}

/** What a server did with so many listeners at once. */
export type Block = {
  system: string;
  listeners: number;
  round: number;
  asked: Asked[];
  /** CPU time of the server and its children */
  cpuMs: number;
  /** Requests to the database; null where the server has none */
  databaseTrips: number | null;
};

export type Summary = {
  system: string;
  listeners: number;
  turn: Asked["turn"];
  answers: number;
  own: Percentiles | null;
  firstText: Percentiles | null;
  addedPerTokenMs: number | null;
  modelCalls: number;
  /** Of both turns together */
  cpuMsPerAnswer: number;
  databaseTripsPerAnswer: number | null;
  errors: number;
  /** Without an error and yet not the whole answer */
  incomplete: number;
};

/** Blocks of one system and number of listeners, a line for each turn there is. */
export function summarise(blocks: Block[]): Summary[] {
  const all = blocks.flatMap(({ asked }) => asked);
  const sum = (of: (block: Block) => number) => blocks.reduce((total, block) => total + of(block), 0);
  const trips = blocks.every(({ databaseTrips }) => databaseTrips === null)
    ? null
    : sum(({ databaseTrips }) => databaseTrips ?? 0) / all.length;
  return (["first", "follow-up"] as const).flatMap((turn) => {
    const asked = all.filter((one) => one.turn === turn);
    const [block] = blocks;
    if (asked.length === 0 || !block) return [];
    return {
      system: block.system,
      listeners: block.listeners,
      turn,
      answers: asked.length,
      own: percentiles(asked.map(ownTime)),
      firstText: percentiles(asked.map(({ listened }) => listened.firstMs)),
      addedPerTokenMs: percentiles(asked.map(addedPerToken))?.p50 ?? null,
      modelCalls: asked.reduce((calls, one) => calls + one.calls.length, 0) / asked.length,
      cpuMsPerAnswer: sum(({ cpuMs }) => cpuMs) / all.length,
      databaseTripsPerAnswer: trips,
      errors: asked.filter(({ listened }) => listened.error !== null).length,
      incomplete: asked.filter(({ listened, whole }) => listened.error === null && !whole).length,
    };
  });
}
