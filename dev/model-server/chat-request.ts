import { ApiError } from "./api-error.ts";
import type { Message } from "./prompt.ts";

/** What is read of a chat completion request; temperature, seed and the like change nothing here. */
export type ChatRequest = {
  messages: Message[];
  stream: boolean;
  includeUsage: boolean;
  maxTokens: number;
};

const ROLES = new Set(["system", "developer", "user", "assistant"]);

/** @throws ApiError 400 for what is malformed, and for what a quoting model can't do (tools, several choices) */
export function readChatRequest(body: Record<string, unknown>): ChatRequest {
  if (typeof body.model !== "string" || body.model === "") {
    throw new ApiError(400, "You must provide a model parameter.", { param: "model" });
  }
  if (Array.isArray(body.tools) && body.tools.length > 0) {
    throw new ApiError(400, "The local model has no tools.", { param: "tools" });
  }
  if (body.n !== undefined && body.n !== null && body.n !== 1) {
    throw new ApiError(400, "The local model gives one choice.", { param: "n" });
  }
  if (!Array.isArray(body.messages) || body.messages.length === 0) {
    throw new ApiError(400, "'messages' must be a non-empty array.", { param: "messages" });
  }
  const limit = body.max_completion_tokens ?? body.max_tokens ?? Number.POSITIVE_INFINITY;
  if (typeof limit !== "number" || limit < 1) {
    throw new ApiError(400, "'max_completion_tokens' must be at least 1.", {
      param: "max_completion_tokens",
    });
  }
  const options = (body.stream_options ?? {}) as { include_usage?: unknown };
  return {
    messages: body.messages.map(readMessage),
    stream: body.stream === true,
    includeUsage: options.include_usage === true,
    maxTokens: limit,
  };
}

function readMessage(value: unknown, index: number): Message {
  const { role, content } = (value ?? {}) as { role?: unknown; content?: unknown };
  if (typeof role !== "string" || !ROLES.has(role)) {
    throw new ApiError(400, `'${String(role)}' is not a role the local model knows.`, {
      param: `messages[${index}].role`,
    });
  }
  return { role, content: readContent(content, index) };
}

/** A string, or parts of which only text can be read. */
function readContent(content: unknown, index: number): string {
  if (typeof content === "string") return content;
  const parts = Array.isArray(content) ? (content as { type?: unknown; text?: unknown }[]) : null;
  if (!parts?.every((part) => part.type === "text" && typeof part.text === "string")) {
    throw new ApiError(400, "'content' must be text.", { param: `messages[${index}].content` });
  }
  return parts.map((part) => part.text).join("\n");
}
