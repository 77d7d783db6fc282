import { readdirSync, readFileSync } from "node:fs";

/** Milliseconds between two looks; a peak shorter than this may be missed. */
const SAMPLE_MS = 15;
/** Milliseconds for which a Worker is left alone before its idle memory is read: the garbage of its last work goes. */
const SETTLE_MS = 3_000;

type Process = { pid: number; parent: number; name: string };

/** The `stat` file of a Linux process (proc(5)): "42 (name, which may hold ) and spaces) S 7 …". */
export function parseStat(stat: string): Process | null {
  const [, pid, name, parent] = /^(\d+) \((.*)\) \S (\d+) /s.exec(stat) ?? [];
  return pid && name !== undefined ? { pid: Number(pid), parent: Number(parent), name } : null;
}

/** Resident memory in MB (10^6 bytes) out of a `status` file; 0 of a process that has ended. */
export function parseResident(status: string): number {
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
  return (Number(kibibytes ?? 0) * 1_024) / 1e6;
}

/** The processes of a name among the descendants of one. */
export function descendants(processes: Process[], ancestor: number, name: string): number[] {
  const children = processes.filter(({ parent }) => parent === ancestor);
  return children.flatMap((child) => [
    ...(child.name === name ? [child.pid] : []),
    ...descendants(processes, child.pid, name),
  ]);
}

/**
 * Resident memory in MB that all workerd processes started by this one reach above their idle memory while `run` does
 * its work. Linux alone.
 */
export async function residentPeak(run: () => Promise<void>): Promise<number> {
  const pids = descendants(listProcesses(), process.pid, "workerd");
  if (pids.length === 0) throw new Error("No workerd runs under this process");
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const idle = residentOf(pids);
  let peak = idle;
  const timer = setInterval(() => {
    peak = Math.max(peak, residentOf(pids));
  }, SAMPLE_MS);
  try {
    await run();
  } finally {
    clearInterval(timer);
  }
  return Math.max(peak, residentOf(pids)) - idle;
}

function listProcesses(): Process[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => parseStat(readIfThere(`/proc/${pid}/stat`)) ?? []);
}

function residentOf(pids: number[]): number {
  return pids.reduce((sum, pid) => sum + parseResident(readIfThere(`/proc/${pid}/status`)), 0);
}

/** A process may end between two looks. */
function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
