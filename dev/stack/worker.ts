import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ROOT } from "../local-config.ts";
import { type Child, startChild } from "./child.ts";
import { writeEnvironmentFile } from "./environment-file.ts";
import { wranglerEnvironment, wranglerScript } from "./wrangler.ts";

export type WorkerOptions = {
  port: number;
  /** Holds wrangler's R2 and cache, and the file of variables */
  stateDir: string;
  variables: Record<string, string>;
  verbose: boolean;
  /** Where V8's inspector listens; 0 takes a free port. */
  inspectorPort: number;
};

const READY_WITHIN_MS = 180_000;
const POLL_MS = 150;
/** Milliseconds until what the Worker logs has reached the terminal. */
const LOG_MS = 1_500;

// wrangler says these each time; locally the first is what ./schedule.ts does, the others are expected.
const NOISE =
  /Scheduled Workers are not automatically|To manually trigger|cdn-cgi\/local\/scheduled|For more details, see|unable to fetch the `Request\.cf`|Falling back to a default/i;

/**
 * Starts the Worker under `wrangler dev` and waits until `/health` answers.
 *
 * @throws Error with wrangler's last lines when it ends or isn't ready within 180 s
 */
export async function startWorker({
  port,
  stateDir,
  variables,
  verbose,
  inspectorPort,
}: WorkerOptions): Promise<Child> {
  const environmentFile = join(stateDir, "worker.env");
  writeEnvironmentFile(environmentFile, variables);
  const worker = startChild({
    name: "worker",
    command: [
      wranglerScript(),
      ...["dev", "--port", String(port), "--ip", "127.0.0.1", "--inspector-port", String(inspectorPort)],
      ...["--persist-to", join(stateDir, "wrangler"), "--env-file", environmentFile],
      ...["--log-level", verbose ? "log" : "warn", "--show-interactive-dev-session", "false"],
    ],
    cwd: ROOT,
    environment: wranglerEnvironment(stateDir),
    shows: (line) => verbose || !NOISE.test(line),
  });
  const outcome = await Promise.race([untilHealthy(`http://127.0.0.1:${port}/health`), worker.died]);
  if (outcome === null) return worker;
  await worker.stop();
  throw new Error(outcome);
}

/** The type of the problem that a Worker answers with when `worker/env.ts` found a fault. */
const MISCONFIGURED = "urn:ancre:problem:configuration";

/** Resolves to null once the URL answers 200; to what it last said when it doesn't in time, or never will. */
async function untilHealthy(url: string): Promise<string | null> {
  const deadline = Date.now() + READY_WITHIN_MS;
  let last = "no answer";
  while (Date.now() < deadline) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
      if (response.ok) return null;
      last = `${response.status} ${(await response.text()).slice(0, 500)}`;
      if (last.includes(MISCONFIGURED)) {
        await sleep(LOG_MS);
        return "The Worker refuses its configuration; its line above says why.";
      }
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    await sleep(POLL_MS);
  }
  return `The Worker is not ready after ${READY_WITHIN_MS / 1000} s; ${url} says: ${last}`;
}
