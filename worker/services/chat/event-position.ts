import type { SentEvent } from "./events.ts";

/**
 * How far into an answer's events somebody is. It says what was received rather than how many events it took, so that
 * an answer can be gone on with from what is stored of it, too.
 */
export type Position = {
  /** 1 after `start`, 2 after `sources`, 3 after the end. */
  stage: 0 | 1 | 2 | 3;
  /** UTF-16 units of the answer's text. */
  characters: number;
  citations: number;
};

export const BEGINNING: Position = { stage: 0, characters: 0, citations: 0 };

const STAGES = { start: 1, sources: 2, done: 3, error: 3 } as const;

/** Where an event leads to. */
export function advance(at: Position, event: SentEvent): Position {
  switch (event.event) {
    case "delta":
      return { ...at, characters: at.characters + event.data.text.length };
    case "citation":
      return { ...at, citations: at.citations + 1 };
    default:
      return { ...at, stage: STAGES[event.event] };
  }
}

/** What of an event that stands at one position is new to somebody who has come to another; null for nothing. */
export function remainder(event: SentEvent, at: Position, reached: Position): SentEvent | null {
  const next = advance(at, event);
  if (event.event === "delta") {
    const missing = Math.min(next.characters - reached.characters, event.data.text.length);
    return missing > 0 ? { event: "delta", data: { text: event.data.text.slice(-missing) } } : null;
  }
  const isNew = event.event === "citation" ? next.citations > reached.citations : next.stage > reached.stage;
  return isNew ? event : null;
}

/** The `id` of the event that leads to a position. */
export function toEventId({ stage, characters, citations }: Position): string {
  return `${stage}.${characters}.${citations}`;
}

/** The position that a `Last-Event-ID` names; null when it is none of ours. */
export function readEventId(id: string): Position | null {
  const [, stage, characters, citations] = /^([0-3])\.(\d{1,9})\.(\d{1,9})$/.exec(id) ?? [];
  if (stage === undefined) return null;
  return {
    stage: Number(stage) as Position["stage"],
    characters: Number(characters),
    citations: Number(citations),
  };
}

/** Gives events their ids, in the order in which they are sent. */
export function createNumbering(): (event: SentEvent) => SentEvent & { id: string } {
  let at = BEGINNING;
  return (event) => {
    at = advance(at, event);
    return { id: toEventId(at), ...event };
  };
}
