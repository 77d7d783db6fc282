import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { warn } from "../terminal.ts";

export type Child = {
  /** Of the group's leader */
  pid: number;
  /** Resolves when it ends by itself; its last lines say why. Never resolves after `stop()`. */
  died: Promise<string>;
  stop(): Promise<void>;
};

export type ChildOptions = {
  name: string;
  /** The script that this Node runs, and its arguments */
  command: string[];
  cwd: string;
  environment: Record<string, string | undefined>;
  /** Which of its lines are passed on to the terminal */
  shows: (line: string) => boolean;
};

/** Milliseconds to end by itself before it is killed */
const GRACE_MS = 5_000;
const KEPT_LINES = 30;
const GUARD = new URL("./leave-with-parent.ts", import.meta.url).href;

/** Every child still running, to be killed if this process ends without having stopped them. */
const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) signal(child, "SIGKILL");
});

/** Starts a Node script in a process group of its own, so that stopping it takes its children (workerd) along. */
export function startChild({ name, command, cwd, environment, shows }: ChildOptions): Child {
  const guarded = process.platform === "win32" ? command : ["--import", GUARD, ...command];
  const child = spawn(process.execPath, guarded, {
    cwd,
    env: environment,
    stdio: ["pipe", "pipe", "pipe"],
    detached: process.platform !== "win32",
  });
  running.add(child);
  const exited = once(child, "exit").finally(() => running.delete(child));
  const last: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      if (line.trim() === "") return;
      last.push(line);
      if (last.length > KEPT_LINES) last.shift();
      if (shows(line)) warn(`${name}: ${line}`);
    });
  }
  let stopping = false;
  return {
    pid: child.pid ?? 0,
    died: new Promise((resolve) => {
      exited.then(([code]) => {
        if (!stopping) resolve(`${name} ended with code ${code}.\n${last.join("\n")}`);
      });
    }),
    stop: async () => {
      stopping = true;
      if (running.has(child)) {
        signal(child, "SIGTERM");
        const timer = setTimeout(() => signal(child, "SIGKILL"), GRACE_MS);
        await exited;
        clearTimeout(timer);
      }
      // A leader that has ended may leave members of its group behind.
      signal(child, "SIGKILL");
    },
  };
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill(name);
    else process.kill(-child.pid, name);
  } catch {
    // Nothing of the group is left.
  }
}
