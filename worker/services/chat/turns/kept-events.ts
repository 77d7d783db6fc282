import { UpstreamError } from "../../../ports/language-model.ts";
import type { ChatEvent } from "../events.ts";
import { toReceipt } from "../receipt.ts";
import type { KeptTurn } from "./kept-turn.ts";

/**
 * The events of a kept answer, in the order of a stream: each citation after the sentence that it belongs to. Of a
 * failed one they end in what is thrown.
 */
export function* keptEvents(kept: KeptTurn): Generator<ChatEvent, void> {
  const { id, conversation_id, answer, citations, refused, unanchored, usage, timings } = kept;
  yield { event: "start", data: { conversation_id, message_id: id } };
  yield { event: "sources", data: kept.sources };
  let sent = 0;
  const until = function* (end: number): Generator<ChatEvent> {
    if (end > sent) yield { event: "delta", data: { text: answer.slice(sent, end) } };
    sent = Math.max(sent, end);
  };
  for (const citation of citations) {
    yield* until(citation.answer_end);
    yield { event: "citation", data: citation };
  }
  yield* until(answer.length);
  if (kept.status === "failed") {
    throw new UpstreamError("This answer failed before its end", { retryable: true });
  }
  const finish_reason = kept.finish_reason ?? (refused ? "refused" : "stop");
  yield {
    event: "done",
    data: { finish_reason, refused, unanchored, usage, timings, receipt: toReceipt(kept) },
  };
}
