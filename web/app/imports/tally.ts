import { isImporting } from "../api/follow.ts";
import type { Batch } from "./batch.ts";

export type Tally = {
  /** Null while it is being found out what there is. */
  total: number | null;
  /** Come to their end, well or badly. */
  done: number;
  ready: number;
  duplicate: number;
  skipped: number;
  failed: number;
  cancelled: number;
  /** To be sent, or being read. */
  open: number;
  /** Nothing more will change by itself. */
  isOver: boolean;
  etaSeconds: number | null;
};

/** How far a batch is, over all its imports and what wasn't sent. */
export function tallyBatch({
  imports,
  outgoing,
  refused,
  archive,
  isStopped,
  isSending,
  lost,
}: Batch): Tally {
  const sum = (key: "ready" | "duplicate" | "skipped" | "failed" | "cancelled" | "pending" | "reading") =>
    imports.reduce((total, { counts }) => total + counts[key], 0);
  const [ready, duplicate, skipped, cancelled] = [
    sum("ready"),
    sum("duplicate"),
    sum("skipped"),
    sum("cancelled"),
  ];
  // An import that failed as a whole has nothing to count, and is one failure.
  const failedWhole = imports.filter(({ state, counts }) => state === "failed" && counts.failed === 0).length;
  const failed = sum("failed") + refused.length + failedWhole;
  const reading = sum("pending") + sum("reading");
  const isListing =
    imports.some(({ counts }) => counts.total === null) || (archive !== null && imports.length === 0);
  const done = ready + duplicate + skipped + failed + cancelled;
  const open = reading + outgoing.length;
  const isWorking = isSending || imports.some(isImporting) || sum("reading") > 0;
  const etas = imports.flatMap(({ eta_seconds }) => (eta_seconds === null ? [] : [eta_seconds]));
  return {
    total: isListing ? null : done + open,
    done,
    ready,
    duplicate,
    skipped,
    failed,
    cancelled,
    open,
    isOver: !isWorking && (outgoing.length === 0 || isStopped || lost > 0),
    // What isn't sent yet is in nobody's estimate.
    etaSeconds: etas.length > 0 && outgoing.length === 0 ? Math.max(...etas) : null,
  };
}

/** Whether a batch is over and leaves its reader nothing to do. */
export function isAllWell(batch: Batch): boolean {
  const { problem, lost, overRoom, archive } = batch;
  const { isOver, failed } = tallyBatch(batch);
  return isOver && failed + lost + overRoom === 0 && problem === null && archive === null;
}
