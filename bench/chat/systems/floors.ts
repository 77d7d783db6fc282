import { join } from "node:path";
import { startBareWorker } from "../../bare-worker.ts";
import { startProcess } from "../../process.ts";
import type { RawEvent } from "../event-reader.ts";
import { answerTo } from "../library.ts";
import type { Heard } from "../listen.ts";
import type { System } from "./system.ts";

/** A bare Node server that embeds, asks the model and passes its stream on: what no server can do without. */
export async function startNodeFloor(upstream: string): Promise<System> {
  const { pid, ask, stop } = startProcess(new URL("../floor-node.ts", import.meta.url));
  const { url } = await ask<{ url: string }>();
  return { name: "bare Node", pid, stop, ...floor(url, upstream) };
}

/** The same as a bare Worker under `wrangler dev`. */
export async function startWorkerFloor(upstream: string): Promise<System> {
  const { url, pid, stop } = await startBareWorker(join(import.meta.dirname, "../floor-worker"));
  return { name: "bare workerd", pid, stop, ...floor(url, upstream) };
}

function floor(url: string, upstream: string): Pick<System, "followsUp" | "request" | "hear" | "expects"> {
  return {
    followsUp: false,
    request: ({ text }) => ({ url, body: { question: text, upstream } }),
    hear: readChunk,
    expects: answerTo,
  };
}

/** A chunk of OpenAI's stream. */
function readChunk({ data }: RawEvent): Heard {
  if (data === "[DONE]") return { done: true };
  const { choices } = JSON.parse(data) as { choices: Array<{ delta: { content?: string } }> };
  return { text: choices[0]?.delta.content ?? "" };
}
