import type { Citation, Source, Timings, Unanchored, Usage } from "../../db/schema/answer.ts";
import type { Receipt } from "./receipt.ts";

export type FinishReason = "stop" | "length" | "content_filter" | "refused";

/** What is known once an answer has come to its end; `interrupted`: it was stopped before. */
export type Done = {
  finish_reason: FinishReason | "interrupted";
  refused: boolean;
  unanchored: Unanchored[];
  usage: Usage;
  timings: Timings;
  receipt: Receipt;
};

/** What an answer is made of, in the order in which it is sent. */
export type ChatEvent =
  | { event: "start"; data: { conversation_id: string; message_id: string } }
  | { event: "sources"; data: Source[] }
  | { event: "delta"; data: { text: string } }
  | { event: "citation"; data: Citation }
  | { event: "done"; data: Done };

/** What is sent of an answer: its events, or a problem in the place of those that don't come any more. */
export type SentEvent = ChatEvent | { event: "error"; data: unknown };
