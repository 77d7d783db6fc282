import { expect, test } from "vitest";
import { readPages } from "../../../dev/fixtures/read-pages.ts";
import { atThisSpeed } from "../../test/machine-speed.ts";
import { createDocumentParser } from "./document-parser.ts";

const parser = createDocumentParser({ cmap: async () => new Uint8Array() });
const read = (source: string) => readPages(parser, new TextEncoder().encode(source), "a.md");

test("block marks stay, inline marks, link targets and tags go", async () => {
  const { pages } = await read(
    "# Règle\n\nUn **mot** [lié](https://x.org/a) et `code <b>`,\nsuite <b>grasse</b> &amp; fin.\n\n- un\n- deux\n  1. trois\n\n> cité\n\n    const x = 1;",
  );
  expect(pages[0]?.text).toBe(
    "# Règle\n\nUn mot lié et code <b>, suite grasse & fin.\n\n- un\n- deux\n1. trois\n\n> cité\n\nconst x = 1;",
  );
});

test("headings cut sections and point at their line", async () => {
  const { pages } = await read("---\npermalink: /a\n---\nAvant.\n\n# A\n\n## B\n\ntexte\n\n# C\n\nfin");
  expect(pages.map(({ label, text }) => [label, text])).toEqual([
    [null, "permalink: /a\n\nAvant."],
    ["A › B", "# A\n\n## B\n\ntexte"],
    ["C", "# C\n\nfin"],
  ]);
  expect(pages[1]?.headings).toEqual([
    { offset: 0, level: 1, title: "A" },
    { offset: 5, level: 2, title: "B" },
  ]);
});

test("tables are rows with tabs", async () => {
  expect((await read("|a|b|\n|-|-|\n|1||\n|[x](y)|2|")).pages[0]?.text).toBe("a\tb\n1\nx\t2");
});

test("scripts in Markdown never reach the text", async () => {
  const { pages } = await read(
    "Trois jours.\n\n<img src=x onerror=alert(1)><script>alert(2)</script> [clic](javascript:alert(3))",
  );
  expect(pages[0]?.text).toBe("Trois jours.\n\nclic");
});

test("nesting and lines without end stay quick", async () => {
  const started = performance.now();
  await read(`${">".repeat(20_000)} fin`);
  await read(`${"*a ".repeat(100_000)}fin`);
  await read(`${"[".repeat(50_000)}fin`);
  expect(performance.now() - started).toBeLessThan(atThisSpeed(5000));
});

test("a comment is read like the rest of the source, its marks aside", async () => {
  const { pages } = await read("Avant.\n\n<!--\nÀ vérifier : <b>la date</b>.\n-->\n\nAprès.");
  expect(pages[0]?.text).toBe("Avant.\n\nÀ vérifier : la date.\n\nAprès.");
});

test("one deeply indented line costs no other line its structure", async () => {
  const { pages } = await read(`# Titre\n\n- un\n\n${" ".repeat(200)}loin\n\nUn **mot**.`);
  expect(pages[0]?.headings).toMatchObject([{ title: "Titre" }]);
  expect(pages[0]?.text).toMatch(/loin\n\nUn mot\.$/);
});

test("marks without end on one line are plain text there alone", {
  timeout: atThisSpeed(5_000),
}, async () => {
  const before = "# Avant\n\nUn **mot**.\n\n";
  const after = "\n\n# Après\n\nUn **autre**.";
  for (const line of [
    `${"- ".repeat(1500)}fin`,
    `${"1. ".repeat(1500)}fin`,
    `![](data:${"A".repeat(120_000)})`,
  ]) {
    const { pages } = await read(`${before}Ici :\n\n${line}${after}`);
    const text = pages.map((page) => page.text).join("\n\n");
    expect(text).toContain("# Avant\n\nUn mot.");
    expect(text.endsWith("# Après\n\nUn autre.")).toBe(true);
  }
});
