import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { verifyToken } from "@clerk/backend";
import { afterAll, expect, test } from "vitest";
import { loadClerkKeys } from "./key-pair.ts";

const data = mkdtempSync(join(tmpdir(), "ancre-clerk-"));
const folder = join(data, "clerk");

afterAll(() => rmSync(data, { recursive: true }));

async function token(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  const script = join(import.meta.dirname, "../token.ts");
  const env = { ...process.env, ANCRE_DATA_DIR: data, ANCRE_WEB_PORT: "5199" };
  return promisify(execFile)(process.execPath, [script, ...args], { env }).catch((error) => error);
}

test("whoever loads the keys of a folder first, all get the same, readable by their owner alone", async () => {
  const [first, second] = await Promise.all([loadClerkKeys(folder), loadClerkKeys(folder)]);
  expect(second).toEqual(first);
  expect(await loadClerkKeys(folder)).toEqual(first);
  expect(readdirSync(data)).toEqual(["clerk"]);
  for (const file of readdirSync(folder)) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
  expect(await loadClerkKeys(null)).not.toEqual(first);
});

test("a folder that lacks a file is not filled up with keys that don't fit together", async () => {
  const broken = join(data, "broken");
  await loadClerkKeys(broken);
  rmSync(join(broken, "public-key.pem"));
  await expect(loadClerkKeys(broken)).rejects.toThrow("Delete it to start over");
  rmSync(broken, { recursive: true });
});

test("the command prints a token of the kept keys and nothing else", async () => {
  const { stdout, stderr } = await token("--user", "alice", "--org", "acme", "--role", "admin");
  expect(stderr).toBe("");
  const { jwtKey } = await loadClerkKeys(folder);
  const authorizedParties = ["http://127.0.0.1:5199"];
  const claims = await verifyToken(stdout.trimEnd(), { jwtKey, authorizedParties });
  expect(claims).toMatchObject({ sub: "user_alice", o: { id: "org_acme", slg: "acme", rol: "admin" } });
  expect(claims.exp - claims.iat).toBe(3600);
});

test("the command says which option is wrong, and prints no token", async () => {
  for (const [args, message] of [
    [["--user", "alice", "--tenant", "acme"], "--tenant"],
    [["--org", "acme"], "--user is missing"],
    [["--user", "alice", "--org", "acme", "--role", "root"], "owner, admin, member"],
    [["--user", "alice", "--role", "admin"], "--org is missing"],
    [["--user", "alice", "--minutes", "soon"], "--minutes"],
  ] as const) {
    const { stdout, stderr } = await token(...args);
    expect(stdout).toBe("");
    expect(stderr).toContain(message);
  }
  expect((await token("--help")).stdout).toContain("curl");
});
