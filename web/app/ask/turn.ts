import type { ApiProblem } from "../api/problem.ts";
import type { ChatEvent, Citation, Done, Receipt, Source, Unanchored } from "../api/shapes.ts";

/** A question and what has come of it so far. */
export type Turn = {
  id: string;
  question: string;
  status: "searching" | "reading" | "writing" | "done" | "stopped" | "failed";
  text: string;
  sources: Source[];
  citations: Citation[];
  unanchored: Unanchored[];
  refused: boolean;
  finishReason: Done["finish_reason"] | null;
  problem: ApiProblem | null;
  /** What the answer took; only a whole one has it. */
  receipt: Receipt | null;
};

export function createTurn(question: string): Turn {
  return {
    id: crypto.randomUUID(),
    question,
    status: "searching",
    text: "",
    sources: [],
    citations: [],
    unanchored: [],
    refused: false,
    finishReason: null,
    problem: null,
    receipt: null,
  };
}

export function isAnswering({ status }: Turn): boolean {
  return status === "searching" || status === "reading" || status === "writing";
}

export function applyEvent(turn: Turn, { event, data }: ChatEvent): Turn {
  switch (event) {
    case "start":
      return turn;
    case "sources":
      return { ...turn, status: "reading", sources: data };
    case "delta":
      return { ...turn, status: "writing", text: turn.text + data.text };
    case "citation":
      return { ...turn, citations: [...turn.citations, data] };
    case "done": {
      const { refused, unanchored, receipt, finish_reason: finishReason } = data;
      return { ...turn, status: "done", refused, unanchored, receipt, finishReason };
    }
  }
}
