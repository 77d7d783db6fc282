import type { RawEvent } from "../event-reader.ts";
import type { Question } from "../library.ts";
import type { ChatRequest, Heard } from "../listen.ts";

/** What was said before a question, in the same conversation. */
export type Turn = { question: string; answer: string; conversationId: string | null };

/** A server under test. */
export type System = {
  name: string;
  /** Whether a second question goes on with the first; else each is a conversation of its own */
  followsUp: boolean;
  /** @param listener which of the listeners at once asks: each has an account of its own where there are accounts */
  request(question: Question, listener: number, before: Turn | null): ChatRequest;
  hear(event: RawEvent): Heard;
  /** What an answer's text must be once it is whole. */
  expects(number: number): string;
  /** The process whose CPU time counts, with its children */
  pid: number;
  stop(): Promise<unknown>;
};
