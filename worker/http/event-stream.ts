/** One server-sent event; `id` is what a client that comes back names it by. */
export type ServerEvent = { id?: string; event: string; data: unknown };

/** Milliseconds of silence after which a comment keeps proxies from closing the connection. */
const HEARTBEAT_MS = 15_000;
/** The comment that is sent then. */
export const KEEP_ALIVE = ": keep-alive\n\n";
export const EVENT_STREAM_HEADERS = {
  "Content-Type": "text/event-stream; charset=utf-8",
  "Cache-Control": "no-cache, no-transform",
  "X-Accel-Buffering": "no",
};

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
  const heartbeat = createHeartbeat();
  const end = () => {
    heartbeat.stop();
    options.onEnd();
  };
  let next: Promise<IteratorResult<ServerEvent>> | null = null;
  let left = false;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      next ??= events.next();
      try {
        const result = await heartbeat.during(next);
        if (left) return;
        if (result === "silence") {
          controller.enqueue(encoder.encode(KEEP_ALIVE));
          return;
        }
        next = null;
        if (result.done) {
          controller.close();
          end();
        } else controller.enqueue(encoder.encode(formatEvent(result.value)));
      } catch (error) {
        if (left) return;
        controller.enqueue(encoder.encode(formatEvent(options.toErrorEvent(error))));
        controller.close();
        end();
      }
    },
    cancel() {
      left = true;
      options.onCancel(events.return(undefined).finally(end));
    },
  });
  return new Response(body, { headers: EVENT_STREAM_HEADERS });
}

/** Tells when a stream has been silent for long. One timer a stream: one an event is what an answer's tokens would pay. */
export function createHeartbeat() {
  let silence = Promise.withResolvers<"silence">();
  let waitingSince: number | null = null;
  let timer = setTimeout(look, HEARTBEAT_MS);

  function look(): void {
    const silentFor = waitingSince === null ? 0 : Date.now() - waitingSince;
    if (silentFor >= HEARTBEAT_MS) {
      silence.resolve("silence");
      silence = Promise.withResolvers();
    }
    timer = setTimeout(look, silentFor >= HEARTBEAT_MS ? HEARTBEAT_MS : HEARTBEAT_MS - silentFor);
  }

  return {
    /** What is waited for, or "silence" when it is time for a comment. */
    async during<T>(next: Promise<T>): Promise<T | "silence"> {
      waitingSince = Date.now();
      try {
        return await Promise.race([next, silence.promise]);
      } finally {
        waitingSince = null;
      }
    },
    stop: () => clearTimeout(timer),
  };
}

/** An event as it goes over the wire. */
export function formatEvent({ id, event, data }: ServerEvent): string {
  const named = id === undefined ? "" : `id: ${id}\n`;
  return `${named}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
