import type { ApiProblem } from "../api/problem.ts";
import type { ChatEvent, Citation, Done, Message, Receipt, Source, Unanchored } from "../api/shapes.ts";

/** A question and what has come of it so far. */
export type Turn = {
  /** The message's own, once the API has given it one. */
  id: string;
  question: string;
  status: "searching" | "reading" | "writing" | "done" | "stopped" | "failed";
  /** The connection was lost, and is looked for again. */
  isReconnecting: boolean;
  text: string;
  sources: Source[];
  citations: Citation[];
  unanchored: Unanchored[];
  refused: boolean;
  finishReason: Done["finish_reason"] | null;
  problem: ApiProblem | null;
  /** What the answer took; only a whole one has it. */
  receipt: Receipt | null;
  /** The turn that this one was asked in the place of. */
  revises: string | null;
};

export function createTurn(question: string, revises: string | null = null): Turn {
  return {
    id: crypto.randomUUID(),
    question,
    status: "searching",
    isReconnecting: false,
    text: "",
    sources: [],
    citations: [],
    unanchored: [],
    refused: false,
    finishReason: null,
    problem: null,
    receipt: null,
    revises,
  };
}

const KEPT_STATUS = { complete: "done", interrupted: "stopped", failed: "failed" } as const;

/** A turn of a conversation that was kept; it shows what a fresh one does. */
export function turnOfMessage(message: Message): Turn {
  const { id, question, answer, status, sources, citations, unanchored, refused, receipt } = message;
  return {
    ...createTurn(question),
    id,
    status: KEPT_STATUS[status],
    text: answer,
    sources,
    citations,
    unanchored,
    refused,
    finishReason: message.finish_reason,
    receipt: status === "complete" ? receipt : null,
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
      if (finishReason === "interrupted") return { ...turn, status: "stopped", unanchored, finishReason };
      return { ...turn, status: "done", refused, unanchored, receipt, finishReason };
    }
  }
}

/**
 * Turns by the question they answer: those asked in the place of an earlier one, or with the very same words right
 * after it, are its later versions.
 */
export function groupTurns(turns: Turn[]): Turn[][] {
  const groups: Turn[][] = [];
  for (const turn of turns) {
    const last = groups.at(-1);
    const before = last?.at(-1);
    const isVersion = before && (turn.revises === before.id || turn.question === before.question);
    if (last && isVersion) last.push(turn);
    else groups.push([turn]);
  }
  return groups;
}
