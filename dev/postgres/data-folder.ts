import { createHash } from "node:crypto";
import { mkdirSync, realpathSync, rmSync } from "node:fs";
import { connect, createServer, type Server as Lock } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Holds a data folder for this process until `release()`. */
export type DataFolder = { path: string; release(): Promise<void> };

/**
 * Claims `path` for this process and clears what a killed one left behind.
 *
 * The claim is a local socket: the operating system drops it with the process, so neither `kill -9` nor
 * a process id used again can leave a false lock.
 *
 * @throws Error when another process (or this one) already serves the folder
 */
export async function claimDataFolder(path: string): Promise<DataFolder> {
  mkdirSync(path, { recursive: true });
  const folder = realpathSync(path);
  const address = lockAddress(folder);
  const lock = (await bind(address)) ?? (await bindAfterStale(address));
  if (!lock) {
    throw new Error(
      `The Postgres data folder ${folder} is in use by another process. ` +
        "Stop that one first, or set ANCRE_DATA_DIR to another folder.",
    );
  }
  // PGlite checks it against its own constant process id, but a half-written one would stop the start.
  rmSync(join(folder, "pgdata", "postmaster.pid"), { force: true });
  return { path: folder, release: () => new Promise((done) => lock.close(() => done())) };
}

function lockAddress(folder: string): string {
  const digest = createHash("sha256").update(folder).digest("hex").slice(0, 20);
  return process.platform === "win32"
    ? `\\\\.\\pipe\\ancre-postgres-${digest}`
    : join(tmpdir(), `ancre-postgres-${digest}.sock`);
}

async function bindAfterStale(address: string): Promise<Lock | null> {
  if (process.platform === "win32" || (await answers(address))) return null;
  rmSync(address, { force: true });
  return bind(address);
}

function bind(address: string): Promise<Lock | null> {
  return new Promise((resolve, reject) => {
    const lock = createServer((socket) => socket.destroy());
    lock.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(null);
      else reject(error);
    });
    lock.listen(address, () => resolve(lock.unref()));
  });
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
