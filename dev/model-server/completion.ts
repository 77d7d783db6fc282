import { randomUUID } from "node:crypto";
import { answer } from "./answerer.ts";
import type { ChatRequest } from "./chat-request.ts";
import { CHAT_MODEL, FINGERPRINT } from "./models.ts";
import { estimateTokens } from "./tokens.ts";

/** A chat completion worked out whole, before it is sent in one piece or in many. */
export type Completion = {
  id: string;
  created: number;
  /** Joined, they are the answer; each is about a token. */
  pieces: string[];
  finishReason: "stop" | "length";
  usage: { prompt_tokens: number; completion_tokens: number; total_tokens: number };
};

// A few letters at a time, the way a tokenizer cuts, so that a client meets words and markers split in two.
const PIECE = /\s*[^\s]{1,6}/gu;

/** Answers a request; the answer is cut at `maxTokens` pieces. */
export function complete({ messages, maxTokens }: ChatRequest): Completion {
  const all = answer(messages).match(PIECE) ?? [];
  const pieces = all.slice(0, maxTokens);
  const prompt = messages.reduce((sum, message) => sum + estimateTokens(message.content), 0);
  return {
    id: `chatcmpl-${randomUUID()}`,
    created: Math.floor(Date.now() / 1000),
    pieces,
    finishReason: pieces.length < all.length ? "length" : "stop",
    usage: {
      prompt_tokens: prompt,
      completion_tokens: pieces.length,
      total_tokens: prompt + pieces.length,
    },
  };
}

/** The body of an answer that isn't streamed. */
export function wholeBody(completion: Completion) {
  return {
    ...head(completion, "chat.completion"),
    choices: [
      {
        index: 0,
        message: { role: "assistant", content: completion.pieces.join(""), refusal: null },
        logprobs: null,
        finish_reason: completion.finishReason,
      },
    ],
    usage: completion.usage,
  };
}

/** The chunks of a streamed answer, in order; the last one carries the usage and no choice when it is asked for. */
export function* chunkBodies(completion: Completion, includeUsage: boolean) {
  const chunk = (delta: Record<string, string>, finish: string | null) => ({
    ...head(completion, "chat.completion.chunk"),
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
    ...(includeUsage ? { usage: null } : {}),
  });
  yield chunk({ role: "assistant", content: "" }, null);
  for (const piece of completion.pieces) yield chunk({ content: piece }, null);
  yield chunk({}, completion.finishReason);
  if (includeUsage) {
    yield { ...head(completion, "chat.completion.chunk"), choices: [], usage: completion.usage };
  }
}

function head({ id, created }: Completion, object: string) {
  return { id, object, created, model: CHAT_MODEL, system_fingerprint: FINGERPRINT };
}
