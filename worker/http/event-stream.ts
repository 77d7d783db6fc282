/** One server-sent event. */
export type ServerEvent = { event: string; data: unknown };

/** Milliseconds of silence after which a comment keeps proxies from closing the connection. */
const HEARTBEAT_MS = 15_000;

/**
 * Sends events as they are asked for. A stream built from `pull` and `cancel` is the one form in which the runtime
 * tells a Worker that the client has left; `onCancel` must then end the source, whose clean-up is awaited.
 */
export function eventStream(
  events: AsyncGenerator<ServerEvent>,
  options: {
    toErrorEvent(error: unknown): ServerEvent;
    onCancel(cleanUp: Promise<unknown>): void;
    /** Called once the last event was sent or the source's clean-up is over. */
    onEnd(): void;
  },
): Response {
  const encoder = new TextEncoder();
  let next: Promise<IteratorResult<ServerEvent>> | null = null;
  let left = false;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      next ??= events.next();
      try {
        const result = await withHeartbeat(next);
        if (left) return;
        if (result === "silence") {
          controller.enqueue(encoder.encode(": keep-alive\n\n"));
          return;
        }
        next = null;
        if (result.done) {
          controller.close();
          options.onEnd();
        } else controller.enqueue(encoder.encode(format(result.value)));
      } catch (error) {
        if (left) return;
        controller.enqueue(encoder.encode(format(options.toErrorEvent(error))));
        controller.close();
        options.onEnd();
      }
    },
    cancel() {
      left = true;
      options.onCancel(events.return(undefined).finally(options.onEnd));
    },
  });
  return new Response(body, {
    headers: {
      "Content-Type": "text/event-stream; charset=utf-8",
      "Cache-Control": "no-cache, no-transform",
      "X-Accel-Buffering": "no",
    },
  });
}

async function withHeartbeat<T>(next: Promise<T>): Promise<T | "silence"> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<"silence">((resolve) => {
    timer = setTimeout(() => resolve("silence"), HEARTBEAT_MS);
  });
  try {
    return await Promise.race([next, silence]);
  } finally {
    clearTimeout(timer);
  }
}

function format({ event, data }: ServerEvent): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
