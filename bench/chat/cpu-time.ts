import { readdirSync, readFileSync } from "node:fs";

/** Milliseconds of a tick of `/proc`: USER_HZ is 100 on every Linux. */
const TICK_MS = 10;

type Usage = { pid: number; parent: number; cpuMs: number };

/** Parent and CPU time, user and system, out of a Linux process' `stat` file (proc(5)), whose name may hold anything. */
export function parseUsage(stat: string): Usage | null {
  const end = stat.lastIndexOf(")");
  const fields = stat.slice(end + 2).split(" ");
  const [parent, user, system] = [fields[1], fields[11], fields[12]].map(Number);
  if (end === -1 || parent === undefined || user === undefined || system === undefined) return null;
  return { pid: Number.parseInt(stat, 10), parent, cpuMs: (user + system) * TICK_MS };
}

/** CPU time of a process and all its living descendants. */
export function sumOfTree(processes: Usage[], root: number): number {
  const own = processes.find(({ pid }) => pid === root)?.cpuMs ?? 0;
  const children = processes.filter(({ parent }) => parent === root);
  return children.reduce((sum, { pid }) => sum + sumOfTree(processes, pid), own);
}

/** Milliseconds of CPU that a process and its descendants have used so far, to a tick each. Linux alone. */
export function cpuTimeOf(root: number): number {
  const processes = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => parseUsage(readIfThere(`/proc/${pid}/stat`)) ?? []);
  return sumOfTree(processes, root);
}

/** A process may end between two looks. */
function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
