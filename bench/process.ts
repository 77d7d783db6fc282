import { fork } from "node:child_process";
import { once } from "node:events";

/** A script of ours in a process of its own, spoken to by messages. */
export type BenchProcess = {
  pid: number;
  /** The next message it sends, after `message` if there is one. Rejects when it ends first. One question at a time. */
  ask<T>(message?: string): Promise<T>;
  /** Tells it to close, and waits until it has ended. */
  stop(): Promise<void>;
};

/** Milliseconds that it has to close before it is killed. */
const GRACE_MS = 10_000;

/** Starts a module; it must end when it is told "close" and when this process is gone (`disconnect`). */
export function startProcess(module: URL, variables: Record<string, string> = {}): BenchProcess {
  const child = fork(module, { env: { ...process.env, ...variables }, stdio: "inherit" });
  const ended = once(child, "exit");
  return {
    pid: child.pid ?? 0,
    async ask<T>(message?: string) {
      const told = once(child, "message");
      if (message) child.send(message);
      const outcome = await Promise.race([told, ended.then(() => null)]);
      if (outcome === null) throw new Error(`${module.pathname.split("/").at(-1)} ended`);
      return outcome[0] as T;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.send("close");
      const timer = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}
