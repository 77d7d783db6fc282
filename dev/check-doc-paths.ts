import { existsSync } from "node:fs";
import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { say, warn } from "./terminal.ts";

const ROOT = join(import.meta.dirname, "..");
const DOCUMENTS = ["*.md", "docs/**/*.md", "dev/*.md", "bench/*.md"];
/** A path in backquotes that begins in one of our folders; globs and placeholders are no paths. */
const PATH = /`((?:worker|web|dev|bench|migrations|docs|\.ci)\/[\w./$[\]-]+)`/g;

/** Fails when a document names a file that is no longer there: prose is not checked by any compiler. */
let missing = 0;
for await (const document of glob(DOCUMENTS, { cwd: ROOT })) {
  const text = await readFile(join(ROOT, document), "utf8");
  for (const [, path = ""] of text.matchAll(PATH)) {
    if (existsSync(join(ROOT, path))) continue;
    warn(`${document} names ${path}, which doesn't exist.`);
    missing++;
  }
}
if (missing === 0) say("Every path in the documents exists.");
process.exitCode = missing === 0 ? 0 : 1;
