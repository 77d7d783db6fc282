import type OpenAI from "openai";
import { type ChatDelta, type ChatModel, UpstreamError } from "../../ports/language-model.ts";
import { upstreamError } from "./upstream-error.ts";
import { ANSWER_BOUNDS, type AnswerBounds, createWatch } from "./watch.ts";

/** Answers through any OpenAI-compatible `/chat/completions`, the common denominator of such servers. */
export function createChatModel(
  client: () => Promise<OpenAI>,
  options: { model: string; headers?: Record<string, string>; bounds?: AnswerBounds },
): ChatModel {
  return {
    name: options.model,
    async *stream(request) {
      const watch = createWatch(options.bounds ?? ANSWER_BOUNDS);
      try {
        watch.wait();
        const openai = await client();
        const completion = await openai.chat.completions.create(
          {
            model: request.model ?? options.model,
            messages: request.messages,
            temperature: request.temperature,
            max_completion_tokens: request.maxTokens,
            stream: true,
            stream_options: { include_usage: true },
          },
          { signal: AbortSignal.any([request.signal, watch.signal]), headers: options.headers },
        );
        let hasEnded = false;
        for await (const chunk of completion) {
          const delta = toDelta(chunk);
          hasEnded ||= Boolean(chunk.choices[0]?.finish_reason);
          watch.heard(delta.text);
          yield delta;
          watch.wait();
        }
        // The SDK ends an aborted stream as if it were whole.
        request.signal.throwIfAborted();
        const late = watch.late();
        if (late) throw late;
        // Nor does it tell one that was cut between two events.
        if (!hasEnded) throw new UpstreamError("chat: the answer broke off", { retryable: true });
      } catch (error) {
        throw watch.late() ?? upstreamError("chat", error, request.signal);
      } finally {
        watch.stop();
      }
    },
  };
}

function toDelta(chunk: OpenAI.ChatCompletionChunk): ChatDelta {
  const choice = chunk.choices[0];
  const delta: ChatDelta = { text: choice?.delta.content ?? "" };
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
