/** Milliseconds between two looks, after the answer to the last one. */
const SAMPLE_MS = 20;
/** Milliseconds until the inspector has to answer; it does so whenever the Worker waits for something. */
const ANSWER_WITHIN_MS = 60_000;

/** What `Runtime.getHeapUsage` of the Chrome DevTools Protocol tells, in bytes. */
type HeapUsage = { usedSize: number; embedderHeapUsedSize: number; backingStorageSize: number };
type Inspector = { call<T>(method: string): Promise<T>; close(): void };

/**
 * Memory in MB (10^6 bytes) that the Worker's own isolate has in use above idle while `run` does its work: V8's heap and
 * array buffers, garbage included that V8 hasn't collected yet. Of the local R2 and queues, isolates of their own, nothing
 * counts. `port` is where the inspector of `wrangler dev` listens.
 */
export async function isolatePeak(port: number, run: () => Promise<void>): Promise<number> {
  const inspector = await connect(port);
  const look = async () => {
    const usage = await inspector.call<HeapUsage>("Runtime.getHeapUsage");
    return (usage.usedSize + usage.embedderHeapUsedSize + usage.backingStorageSize) / 1e6;
  };
  try {
    await inspector.call("HeapProfiler.collectGarbage");
    const idle = await look();
    let peak = idle;
    let over = false;
    const watching = (async () => {
      while (!over) {
        peak = Math.max(peak, await look());
        await new Promise((resolve) => setTimeout(resolve, SAMPLE_MS));
      }
    })();
    // Where the work itself fails, that is what is told.
    watching.catch(() => {});
    await run().finally(() => {
      over = true;
    });
    await watching;
    return peak - idle;
  } finally {
    inspector.close();
  }
}

async function connect(port: number): Promise<Inspector> {
  const targets = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as {
    webSocketDebuggerUrl: string;
  }[];
  const url = targets[0]?.webSocketDebuggerUrl;
  if (!url) throw new Error("The inspector shows no Worker");
  // Without an origin wrangler takes nobody in. Node's constructor knows headers; the standard one doesn't.
  const init = { headers: { Origin: "http://localhost" } } as unknown as string[];
  const socket = new WebSocket(url, init);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error("The inspector refuses to talk"));
  });
  let calls = 0;
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  socket.onmessage = ({ data }) => {
    const { id, result } = JSON.parse(String(data)) as { id?: number; result?: unknown };
    if (id === undefined) return;
    waiting.get(id)?.resolve(result);
    waiting.delete(id);
  };
  return {
    call<T>(method: string) {
      calls += 1;
      const id = calls;
      const answer = Promise.withResolvers<unknown>();
      waiting.set(id, answer);
      const late = setTimeout(() => answer.reject(new Error(`No answer to ${method}`)), ANSWER_WITHIN_MS);
      socket.send(JSON.stringify({ id, method, params: {} }));
      return answer.promise.finally(() => clearTimeout(late)) as Promise<T>;
    },
    close() {
      socket.close();
      for (const { reject } of waiting.values()) reject(new Error("The inspector was closed"));
    },
  };
}
