import { execFile } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const FOLDER = mkdtempSync(join(tmpdir(), "ancre-ask-"));
const NOTE = join(FOLDER, "note.md");
writeFileSync(NOTE, "# Contract\n\n## Notice\n\nThe notice period is two months for managers.\n");

/** Runs `npm run ask` as a person would; gives its exit code and what it printed. */
function ask(...args: string[]): Promise<{ code: number; printed: string }> {
  const environment = { ...process.env, LANG: "en_GB.UTF-8", LC_ALL: "" };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(import.meta.dirname, "ask.ts"), ...args],
      { env: environment },
      (error, out, err) => resolve({ code: error ? Number(error.code) : 0, printed: out + err }),
    );
  });
}

test("an answer ends with 0 and lists its anchors", { timeout: 120_000 }, async () => {
  const { code, printed } = await ask(NOTE, "What is the notice period for managers?");
  expect(printed).toContain("note.md  ready (1 p.)");
  expect(printed).toContain("two months for managers. [1]");
  expect(printed).toContain(
    "[1] note.md, § Contract › Notice — “The notice period is two months for managers.”",
  );
  expect(code).toBe(0);
});

test("a refusal ends with 3", { timeout: 120_000 }, async () => {
  const { code, printed } = await ask(NOTE, "Quelle est la capitale de la Mongolie ?");
  expect(printed).toContain("Je n’ai pas trouvé la réponse");
  expect(code).toBe(3);
});

test("a file that isn't there, or no question, ends with 1 and says why, at once", async () => {
  expect(await ask(join(FOLDER, "none.pdf"), "Why?")).toEqual({
    code: 1,
    printed: `No such file: ${join(FOLDER, "none.pdf")}\n`,
  });
  const { code, printed } = await ask(NOTE);
  expect(code).toBe(1);
  expect(printed).toMatch(/^Usage:/);
});
