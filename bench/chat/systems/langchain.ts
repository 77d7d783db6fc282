import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { say } from "../../../dev/terminal.ts";
import { startProcess } from "../../process.ts";
import type { RawEvent } from "../event-reader.ts";
import { answerTo } from "../library.ts";
import type { Heard } from "../listen.ts";
import type { System } from "./system.ts";

const PEERS = join(import.meta.dirname, "../../peers");

/** LangChain.js on Node, vectors in its own memory; its packages are installed first if they aren't. */
export async function installPeers(): Promise<void> {
  if (existsSync(join(PEERS, "node_modules/@langchain/classic"))) return;
  say("Installing the peers (npm ci in bench/peers)");
  await promisify(execFile)("npm", ["ci", "--no-audit", "--no-fund"], { cwd: PEERS });
}

/** A question, its passages, the model. */
export async function startLean(upstream: string): Promise<System> {
  const { url, ...server } = await startServer(upstream);
  return {
    ...server,
    name: "LangChain lean",
    followsUp: false,
    request: ({ text }) => ({ url: `${url}/lean`, body: { question: text } }),
    hear: readText,
    expects: answerTo,
  };
}

/** The history-aware chain: a follow-up is rephrased by a model before its passages are looked for. */
export async function startHistoryAware(upstream: string): Promise<System> {
  const { url, ...server } = await startServer(upstream);
  return {
    ...server,
    name: "LangChain history",
    followsUp: true,
    request: ({ text }, _, before) => ({
      url: `${url}/history`,
      body: { question: text, history: before ? [before] : [] },
    }),
    hear: readText,
    expects: answerTo,
  };
}

/** A process each, so that CPU time is told apart. */
async function startServer(upstream: string) {
  const { pid, ask, stop } = startProcess(new URL("../../peers/chat-server.js", import.meta.url), {
    OPENAI_BASE_URL: upstream,
  });
  const { url } = await ask<{ url: string }>();
  return { url, pid, stop };
}

function readText({ event, data }: RawEvent): Heard {
  if (event === "error") return { error: data };
  return data === "[DONE]" ? { done: true } : (JSON.parse(data) as Heard);
}
