import type { TenantContext } from "../context.ts";
import { eventStream, type ServerEvent } from "./event-stream.ts";
import { logUnexpected, toProblem } from "./problem.ts";

/** What is watched, each time it moves, as `progress` events; what goes wrong is an `error` event with the problem. */
export function progressStream(
  caller: { ctx: TenantContext; requestId: string; endsWithStream(): () => void },
  watch: (signal: AbortSignal) => AsyncIterable<unknown>,
): Response {
  const { ctx, requestId } = caller;
  const abort = new AbortController();
  const events = async function* (): AsyncGenerator<ServerEvent, void> {
    for await (const data of watch(abort.signal)) yield { event: "progress", data };
  };
  return eventStream(events(), {
    toErrorEvent: (error) => {
      logUnexpected(error, requestId);
      return { event: "error", data: toProblem(error, requestId) };
    },
    onCancel: (cleanUp) => {
      abort.abort();
      ctx.background(cleanUp);
    },
    onEnd: caller.endsWithStream(),
  });
}
