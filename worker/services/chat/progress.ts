import type { RetrievalMode, Timings } from "../../db/schema/answer.ts";
import { errorFacts } from "../../log.ts";

/** How far an answer has come, filled while it is made, for whoever reports on it: figures, nothing of what it says. */
export type Progress = {
  timings: Timings;
  retrieval: RetrievalMode | null;
  /** Null until it has ended. */
  status: "complete" | "interrupted" | "failed" | null;
  refused: boolean;
  /** Why full text had to answer alone. */
  fault: unknown;
};

export function startProgress(authMs: number): Progress {
  const timings = { auth: authMs, context: 0, embed: null, retrieve: null, first_token: null, total: 0 };
  return { timings, retrieval: null, status: null, refused: false, fault: null };
}

/** What a line of the log says of an answer. */
export function progressFacts({ timings, status, refused, retrieval, fault }: Progress) {
  return {
    answer: status,
    refused,
    retrieval,
    ...(fault ? { degraded_by: errorFacts(fault) } : {}),
    timings,
  };
}
