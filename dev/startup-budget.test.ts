import { existsSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { beforeAll, expect, test } from "vitest";
import { buildWorker } from "./build-worker.ts";
import { ROOT } from "./local-config.ts";
import { gzipBytes, loadedWith, measureStart, moduleOf, packagesIn } from "./startup-budget.ts";

const MODULES = join(ROOT, "dist/measured-modules");
const KIB = 1_024;
/** What the first question's modules may grow to, from 246 KiB, and of all there are, from 0.2 (decision 030). */
const CHAT_PATH_BYTES = 250 * KIB;
const CHAT_PATH_SHARE = 0.21;
/** What a session token adds: Clerk's verifier, loaded by the first one. */
const SESSION_BYTES = 60 * KIB;
/** Share that the chat path has of the time which module scope takes, of 0.25. */
const START_SHARE = 0.35;
const RUNS = 5;

/** What a question has no use for. */
const LAZY = [
  "@hono/zod-openapi",
  "@asteasolutions/zod-to-openapi",
  "stripe",
  "unpdf",
  "mammoth",
  "linkedom",
  "@mozilla/readability",
  "@zip.js/zip.js",
  "fflate",
  "chardet",
];

let metafile: Metafile;
let chatPath: Set<string>;
/** With the models' SDK, which the first question loads beside its other waits. */
let firstQuestion: Set<string>;
beforeAll(async () => {
  metafile = await buildWorker(MODULES);
  chatPath = loadedWith(metafile, moduleOf(metafile, "worker/index.ts"));
  const sdk = moduleOf(metafile, "node_modules/openai/client.mjs");
  firstQuestion = new Set([...chatPath, ...loadedWith(metafile, sdk)]);
});

test("what an isolate loads for its first question stays within its budget", () => {
  const modules = Object.keys(metafile.outputs).filter((path) => path.endsWith(".mjs"));
  const bytes = gzipBytes(firstQuestion);
  expect(bytes).toBeLessThanOrEqual(CHAT_PATH_BYTES);
  expect(bytes / gzipBytes(modules)).toBeLessThanOrEqual(CHAT_PATH_SHARE);
});

test("what a session token loads besides stays within its own", () => {
  const clerk = moduleOf(metafile, "node_modules/@clerk/backend/dist/index.mjs");
  const more = [...loadedWith(metafile, clerk)].filter((path) => !chatPath.has(path));
  expect(gzipBytes(more)).toBeLessThanOrEqual(SESSION_BYTES);
});

test("parsers, payments, the OpenAPI document and the other routes aren't among it", () => {
  const packages = packagesIn(metafile, chatPath);
  expect(packages).toContain("hono");
  expect(LAZY.filter((name) => packages.has(name))).toEqual([]);
  for (const source of ["worker/app.ts", "worker/background.ts"]) {
    expect(chatPath).not.toContain(moduleOf(metafile, source));
  }
  const all = packagesIn(metafile, Object.keys(metafile.outputs));
  expect(LAZY.filter((name) => !all.has(name))).toEqual([]);
});

test("module scope of the chat path takes no more than its share of the whole Worker's", () => {
  // What else the machine does only adds to a time, so the shortest are the nearest.
  const runs = Array.from({ length: RUNS }, () => measureStart(metafile));
  const entry = Math.min(...runs.map((run) => run.entry));
  const rest = Math.min(...runs.map((run) => run.rest));
  expect(entry / (entry + rest)).toBeLessThanOrEqual(START_SHARE);
});

test("a build of the same sources leaves the modules in place, and takes away what no source leads to", async () => {
  const index = join(MODULES, "index.mjs");
  const stray = join(MODULES, "stray.mjs");
  writeFileSync(stray, "");
  const before = statSync(index);
  await buildWorker(MODULES);
  expect([statSync(index).ino, statSync(index).mtimeMs]).toEqual([before.ino, before.mtimeMs]);
  expect(existsSync(stray)).toBe(false);
});
