import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { neon, neonConfig } from "@neondatabase/serverless";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startPostgres } from "./start.ts";

let folder: string;
let child: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ancre-postgres-test-"));
});

afterEach(() => {
  child?.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

/** Serves `folder` from another process, which can then be killed; resolves to its endpoint. */
async function serveElsewhere(): Promise<string> {
  const start = join(import.meta.dirname, "start.ts");
  const script = `import { startPostgres } from ${JSON.stringify(start)};
    const { fetchEndpoint } = await startPostgres({ dataDir: ${JSON.stringify(folder)}, port: 0 });
    process.stdout.write(fetchEndpoint);`;
  child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [output] = (await once(child.stdout as NodeJS.ReadableStream, "data")) as [Buffer];
  return output.toString();
}

test("what was committed survives kill -9 in the middle of writes, twice", async () => {
  let committed = 0;
  for (let round = 0; round < 2; round++) {
    neonConfig.fetchEndpoint = await serveElsewhere();
    const sql = neon("postgres://postgres@localhost/ancre");
    await sql.query("create table if not exists log (n int primary key, pad text)");
    await sql.query("create table if not exists copy (n int primary key)");
    const victim = child as ChildProcess;
    const enough = committed + 10;
    try {
      for (;;) {
        const n = committed + 1;
        await sql.transaction([
          sql.query("insert into log values ($1, repeat('x', 5000)) on conflict do nothing", [n]),
          sql.query("insert into copy values ($1) on conflict do nothing", [n]),
        ]);
        committed = n;
        // In the middle of what follows, however slow the machine is.
        if (n === enough) setTimeout(() => victim.kill("SIGKILL"), 100);
      }
    } catch {
      if (victim.exitCode === null && victim.signalCode === null) await once(victim, "exit");
    }
  }
  const postgres = await startPostgres({ dataDir: folder, port: 0 });
  neonConfig.fetchEndpoint = postgres.fetchEndpoint;
  const sql = neon(postgres.url("postgres"));
  const [counts] = await sql.query(
    "select (select count(*)::int from log) log, (select count(*)::int from copy) copy",
  );
  await postgres.close();
  expect(committed).toBeGreaterThanOrEqual(20);
  // The very last transaction may have been committed just before its answer was lost.
  expect([committed, committed + 1]).toContain(counts?.log);
  expect(counts?.copy).toBe(counts?.log);
}, 180_000);

test("a second process on the same folder is refused, and a closed one can be opened again", async () => {
  await serveElsewhere();
  await expect(startPostgres({ dataDir: folder, port: 0 })).rejects.toThrow("in use by another process");
  child?.kill("SIGTERM");
  await once(child as ChildProcess, "exit");
  const first = await startPostgres({ dataDir: folder, port: 0 });
  await expect(startPostgres({ dataDir: folder, port: 0 })).rejects.toThrow("in use by another process");
  await first.close();
  await (await startPostgres({ dataDir: folder, port: 0 })).close();
}, 180_000);
