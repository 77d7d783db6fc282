import { EventSourceParserStream } from "eventsource-parser/stream";
import {
  type ChatDelta,
  type ChatModel,
  type ChatRequest,
  UpstreamError,
} from "../../ports/language-model.ts";
import { CALLS, type Client } from "./client.ts";
import { upstreamError } from "./upstream-error.ts";
import { ANSWER_BOUNDS, type AnswerBounds, createWatch } from "./watch.ts";

/** What is read of `chat.completion.chunk`; servers leave parts of it out, and send errors as one. */
type Chunk = {
  choices?: Array<{ delta?: { content?: string | null }; finish_reason?: string | null }>;
  usage?: { prompt_tokens: number; completion_tokens: number } | null;
  error?: { message?: string } | null;
};

/** The last event of a stream that is whole. */
const DONE = "[DONE]";

/** Answers through any OpenAI-compatible `/chat/completions`, the common denominator of such servers. */
export function createChatModel(
  client: Client,
  options: { model: string; headers?: Record<string, string>; bounds?: AnswerBounds },
): ChatModel {
  return {
    name: options.model,
    async *stream(request) {
      const watch = createWatch(options.bounds ?? ANSWER_BOUNDS);
      try {
        watch.wait();
        const answer = await client.post("/chat/completions", toBody(request, options.model), {
          signal: AbortSignal.any([request.signal, watch.signal]),
          maxRetries: CALLS.triesForPeople,
          headers: options.headers,
        });
        for await (const chunk of readChunks(answer)) {
          const delta = toDelta(chunk);
          watch.heard(delta.text);
          yield delta;
          watch.wait();
        }
        request.signal.throwIfAborted();
      } catch (error) {
        throw watch.late() ?? upstreamError("chat", error, request.signal);
      } finally {
        watch.stop();
      }
    },
  };
}

function toBody(request: ChatRequest, model: string) {
  return {
    model: request.model ?? model,
    messages: request.messages,
    temperature: request.temperature,
    max_completion_tokens: request.maxTokens,
    stream: true,
    stream_options: { include_usage: true },
  };
}

/** The stream's chunks. One that ends without its last event, or with an error, was cut. */
async function* readChunks({ body }: Response): AsyncGenerator<Chunk, void> {
  if (!body) throw new UpstreamError("chat failed: an answer without a body", { retryable: true });
  let finished = false;
  for await (const { data } of body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream())) {
    if (data === DONE) return;
    const chunk = JSON.parse(data) as Chunk;
    if (chunk.error) throw new UpstreamError(`chat failed: ${chunk.error.message}`, { retryable: true });
    finished ||= Boolean(chunk.choices?.[0]?.finish_reason);
    yield chunk;
  }
  // Some servers leave out the last event, but say that they have finished.
  if (!finished) throw new UpstreamError("chat failed: the stream was cut", { retryable: true });
}

function toDelta(chunk: Chunk): ChatDelta {
  const choice = chunk.choices?.[0];
  const delta: ChatDelta = { text: choice?.delta?.content ?? "" };
  const reason = choice?.finish_reason;
  if (reason === "stop" || reason === "length" || reason === "content_filter") delta.finishReason = reason;
  if (chunk.usage) {
    delta.usage = {
      promptTokens: chunk.usage.prompt_tokens,
      completionTokens: chunk.usage.completion_tokens,
    };
  }
  return delta;
}
