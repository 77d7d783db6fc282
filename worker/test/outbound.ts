import { env } from "cloudflare:workers";
import { AsyncLocalStorage } from "node:async_hooks";
import { qdrantStandIn } from "./qdrant-stand-in.ts";

export type Upstream = "database" | "embedding" | "model" | "vectors" | "elsewhere";

/** A call that left the Worker. `began` and `ended` count what happened, so that order is exact whatever the clock says. */
export type OutboundCall = {
  to: Upstream;
  url: string;
  headers: Headers;
  sent: string;
  began: number;
  /** When its answer was read whole; a model's, when its first text came. */
  ended: number | null;
};

/**
 * How a call ends instead: never, cut, with a status, or later by so many milliseconds. `silent` is a stream of which one
 * word comes and then nothing, `endless` one of a word every few milliseconds.
 */
export type Fault =
  | "hang"
  | "reset"
  | "silent"
  | "endless"
  | { status: number; body?: unknown }
  | { delayMs: number };

/** Which calls suffer which fault; the first that fits. */
export type Faults = Array<{ to: Upstream; like?: RegExp; fault: Fault }>;

type Run = { calls: OutboundCall[]; faults: Faults; moment: number };

/** Milliseconds that every recorded call takes longer: two that are made together then overlap on any machine. */
const STRETCH_MS = 25;

const runs = new AsyncLocalStorage<Run>();

/** Whatever `work` sends out of the Worker, in order; as much of it as has happened, at any time. */
export function recording<T>(
  work: () => Promise<T>,
  faults: Faults = [],
): { calls: OutboundCall[]; result: Promise<T> } {
  const run: Run = { calls: [], faults, moment: 0 };
  return { calls: run.calls, result: runs.run(run, work) };
}

/** Puts the recorder in the place of `fetch`, through which all is reached. Gives what undoes it. */
export function recordableFetch(): () => void {
  const real = globalThis.fetch;
  globalThis.fetch = (async (input: RequestInfo, init?: RequestInit) => {
    const run = runs.getStore();
    if (!run) return real(input, init);
    const request = new Request(input, init);
    const sent = await request.clone().text();
    const call = { to: upstreamOf(request.url), url: request.url, headers: request.headers, sent };
    const noted: OutboundCall = { ...call, began: run.moment++, ended: null };
    run.calls.push(noted);
    const end = () => {
      noted.ended ??= run.moment++;
    };
    try {
      const { fault } =
        run.faults.find(({ to, like }) => to === noted.to && (like?.test(sent) ?? true)) ?? {};
      const early = await suffer(fault, request.signal);
      if (early) return early;
      const answer = await real(request);
      if (noted.to === "model") return new Response(answer.body?.pipeThrough(untilFirstText(end)), answer);
      return new Response(await answer.arrayBuffer(), answer);
    } finally {
      if (noted.to !== "model") end();
    }
  }) as typeof fetch;
  return () => {
    globalThis.fetch = real;
  };
}

/** How many of these calls had to wait for one another: the longest row in which each began after the one before ended. */
export function waits(calls: OutboundCall[]): number {
  const depths: number[] = [];
  for (const call of calls) {
    const before = calls
      .slice(0, depths.length)
      .map(({ ended }, index) => (ended !== null && ended < call.began ? (depths[index] ?? 0) : 0));
    depths.push(1 + Math.max(0, ...before));
  }
  return Math.max(0, ...depths);
}

/** Those that began before the model's first text came. */
export function beforeFirstToken(calls: OutboundCall[]): OutboundCall[] {
  const first = calls.find(({ to }) => to === "model")?.ended ?? Number.POSITIVE_INFINITY;
  return calls.filter(({ began }) => began < first);
}

function upstreamOf(url: string): Upstream {
  if (url.startsWith(env.NEON_FETCH_ENDPOINT)) return "database";
  if (url.startsWith(qdrantStandIn().url)) return "vectors";
  if (url.endsWith("/embeddings")) return "embedding";
  return url.endsWith("/chat/completions") ? "model" : "elsewhere";
}

async function suffer(fault: Fault | undefined, signal: AbortSignal): Promise<Response | null> {
  if (fault === "hang") await untilAborted(signal);
  if (fault === "reset") throw new TypeError("Network connection lost.");
  if (typeof fault === "object" && "status" in fault) {
    return Response.json(fault.body ?? { message: "injected secret detail" }, { status: fault.status });
  }
  if (fault === "silent" || fault === "endless") return words(fault === "endless", signal);
  await new Promise((resolve) =>
    setTimeout(resolve, STRETCH_MS + (typeof fault === "object" ? fault.delayMs : 0)),
  );
  return null;
}

/** A model's stream of one word, or of words without end. */
function words(endless: boolean, signal: AbortSignal): Response {
  const piece = new TextEncoder().encode(
    `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: "mot " } }] })}\n\n`,
  );
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (sent > 0 && !endless) return untilAborted(signal);
      await new Promise((resolve) => setTimeout(resolve, STRETCH_MS));
      signal.throwIfAborted();
      sent++;
      controller.enqueue(piece);
    },
  });
  return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
  });
}

function untilFirstText(found: () => void): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder();
  return new TransformStream({
    transform(chunk, controller) {
      if (/"content":"[^"]/.test(decoder.decode(chunk))) found();
      controller.enqueue(chunk);
    },
  });
}
