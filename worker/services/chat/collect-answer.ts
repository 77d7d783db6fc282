import type { Citation, Source } from "../../db/schema/answer.ts";
import { AppError } from "../../errors.ts";
import type { ChatEvent, Done, FinishReason } from "./events.ts";

export type Answer = Omit<Done, "finish_reason"> & {
  finish_reason: FinishReason;
  conversation_id: string;
  message_id: string;
  answer: string;
  citations: Citation[];
  sources: Source[];
};

/** The whole answer, from the same events that a stream would send. */
export async function collectAnswer(events: AsyncIterable<ChatEvent>): Promise<Answer> {
  let start = { conversation_id: "", message_id: "" };
  let answer = "";
  let sources: Source[] = [];
  let done: Done | undefined;
  const citations: Citation[] = [];
  for await (const event of events) {
    if (event.event === "start") start = event.data;
    else if (event.event === "sources") sources = event.data;
    else if (event.event === "delta") answer += event.data.text;
    else if (event.event === "citation") citations.push(event.data);
    else done = event.data;
  }
  // Only a client that left ends the events early, and it hears nothing of this.
  if (!done || done.finish_reason === "interrupted") {
    throw new AppError("internal", "The answer was interrupted.");
  }
  return { ...start, answer, citations, sources, ...done, finish_reason: done.finish_reason };
}
