import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Child, startChild } from "../dev/stack/child.ts";
import { freePort } from "./free-port.ts";

const READY_WITHIN_MS = 120_000;
const POLL_MS = 200;

export type BareWorker = { url: string; pid: number; stop(): Promise<void> };

/** Starts the Worker of a folder under `wrangler dev`, like the real one, and waits until it answers. */
export async function startBareWorker(folder: string): Promise<BareWorker> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const wrangler = join(
    dirname(createRequire(import.meta.url).resolve("wrangler/package.json")),
    "bin/wrangler.js",
  );
  const child = startChild({
    name: "bare worker",
    command: [
      wrangler,
      ...["dev", "--port", String(port), "--ip", "127.0.0.1", "--inspector-port", "0"],
      ...["--log-level", "error", "--show-interactive-dev-session", "false"],
    ],
    cwd: folder,
    environment: { ...process.env, WRANGLER_SEND_METRICS: "false", CLOUDFLARE_CF_FETCH_ENABLED: "false" },
    shows: () => false,
  });
  await answers(url, child);
  return { url, pid: child.pid, stop: child.stop };
}

/** Any answer will do: an empty body is no PDF. */
async function answers(url: string, child: Child): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    const outcome = await Promise.race([
      fetch(url, { method: "POST" }).then(
        () => "ready",
        () => "not yet",
      ),
      child.died,
    ]);
    if (outcome === "ready") return;
    if (outcome !== "not yet") throw new Error(outcome);
    await sleep(POLL_MS);
  }
  await child.stop();
  throw new Error(`The bare Worker is not ready after ${READY_WITHIN_MS / 1_000} s`);
}
