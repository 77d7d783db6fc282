import type { Citation, RetrievalMode, Source, Timings, Usage } from "../../db/schema/answer.ts";
import { type Cost, toCost } from "../usage/prices.ts";

/** What one answer took and rested on. */
export type Receipt = {
  /** Whether it counts as a question of the plan. */
  counted: boolean;
  /** The chat model that was asked; null when none was. */
  model: string | null;
  tokens: { embedding: number; prompt: number; completion: number; estimated: boolean };
  /** At list price; null when a model's price isn't known. */
  cost: Cost | null;
  /** Milliseconds that each step took; context and embedding run side by side. */
  time: {
    auth: number;
    context: number;
    embedding: number | null;
    retrieval: number | null;
    model_wait: number | null;
    writing: number | null;
    total: number;
  };
  /** Which legs found the passages; null when none were looked for. */
  retrieval: RetrievalMode | null;
  /** The passages given to the model, and which of them the answer cites. */
  passages: Array<{ source: number; chunk_id: string; document_id: string; cited: boolean }>;
};

type Settled = {
  counted: boolean;
  model: string | null;
  cost_nanos: number | null;
  usage: Usage;
  timings: Timings;
  sources: Source[];
  citations: Citation[];
};

/** The receipt of a kept answer. */
export function toReceipt({
  counted,
  model,
  cost_nanos,
  usage,
  timings,
  sources,
  citations,
}: Settled): Receipt {
  const cited = new Set(citations.map(({ source }) => source));
  return {
    counted,
    model,
    tokens: {
      embedding: usage.embedding_tokens,
      prompt: usage.prompt_tokens,
      completion: usage.completion_tokens,
      estimated: usage.estimated ?? false,
    },
    cost: cost_nanos === null ? null : toCost(cost_nanos),
    time: splitTimings(timings),
    retrieval: timings.retrieve === null ? null : (usage.retrieval ?? "hybrid"),
    passages: sources.map(({ index, chunk_id, document_id }) => ({
      source: index,
      chunk_id,
      document_id,
      cited: cited.has(index),
    })),
  };
}

/** From moments since the request arrived to the time each step took. */
function splitTimings({ auth, context, embed, retrieve, first_token, total }: Timings): Receipt["time"] {
  const between = (from: number | null, to: number | null) =>
    from === null || to === null ? null : Math.max(0, to - from);
  return {
    auth,
    context: Math.max(0, context - auth),
    embedding: between(auth, embed),
    retrieval: between(Math.max(context, embed ?? 0), retrieve),
    model_wait: between(retrieve, first_token),
    writing: between(first_token ?? retrieve, total),
    total,
  };
}
