import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { neon, neonConfig } from "@neondatabase/serverless";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { migrate } from "./migrate.ts";
import { type LocalPostgres, startPostgres } from "./postgres/start.ts";

let postgres: LocalPostgres;
let folder: string;
let sql: ReturnType<typeof neon<false, false>>;

beforeAll(async () => {
  postgres = await startPostgres({ dataDir: null, port: 0 });
  sql = neon(postgres.url("postgres"));
}, 120_000);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "ancre-migrations-test-"));
  neonConfig.fetchEndpoint = postgres.fetchEndpoint;
  await sql.query("drop schema if exists drizzle cascade");
  await sql.query("drop table if exists a, b");
});

afterAll(() => postgres.close());

/** Writes a folder as drizzle-kit would, one file for each list of statements. */
function writeMigrations(files: string[][]): void {
  mkdirSync(join(folder, "meta"), { recursive: true });
  const entries = files.map((_, idx) => ({
    idx,
    version: "7",
    when: 1_700_000_000_000 + idx,
    tag: `000${idx}_step`,
    breakpoints: true,
  }));
  writeFileSync(
    join(folder, "meta/_journal.json"),
    JSON.stringify({ version: "7", dialect: "postgresql", entries }),
  );
  files.forEach((statements, idx) => {
    writeFileSync(join(folder, `000${idx}_step.sql`), statements.join("\n--> statement-breakpoint\n"));
  });
}

function apply(): Promise<number> {
  return migrate(postgres.url("postgres"), postgres.fetchEndpoint, folder);
}

test("applies what is new, once", async () => {
  writeMigrations([["create table a (id int)"]]);
  expect(await apply()).toBe(1);
  expect(await apply()).toBe(0);
  writeMigrations([
    ["create table a (id int)"],
    ["create table b (id int)", "alter table b add column x text"],
  ]);
  expect(await apply()).toBe(1);
  expect(await sql.query("select x from b")).toEqual([]);
  rmSync(folder, { recursive: true });
});

test("a file that fails leaves nothing of itself and can be corrected", async () => {
  writeMigrations([
    ["create table a (id int)"],
    ["create table b (id int)", "alter table missing add column x int"],
  ]);
  await expect(apply()).rejects.toThrow('relation "missing" does not exist');
  const tables = await sql.query("select to_regclass('a') is not null a, to_regclass('b') is not null b");
  expect(tables).toEqual([{ a: true, b: false }]);
  writeMigrations([["create table a (id int)"], ["create table b (id int)"]]);
  expect(await apply()).toBe(1);
  rmSync(folder, { recursive: true });
});
