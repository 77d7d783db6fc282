import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import { ask, visit } from "./browser.ts";
import { uploadLease } from "./lease.ts";

/** Gives the document `name`, whose page is on show, another file: a note of this text. */
async function replaceFile(page: Page, name: string, text: string): Promise<void> {
  const file = join(mkdtempSync(join(tmpdir(), "ancre-e2e-")), "new lease.md");
  writeFileSync(file, `# New lease\n\n${text}\n`);
  await page.getByRole("button", { name: `What can be done with ${name}` }).click();
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("menuitem", { name: "Replace the file…" }).click(),
  ]);
  await chooser.setFiles(file);
}

test("a document shows each page as it looks beside what is read of it, its passages and its report", async () => {
  const { documentId } = await uploadLease("Reading");
  const { page, end } = await visit(`/library/${documentId}?page=2`);
  await page.getByRole("heading", { name: "lease.pdf" }).waitFor();
  const pages = page.getByRole("navigation", { name: "Pages of lease.pdf" });
  await pages.getByRole("button", { name: /Termination/ }).waitFor();
  await page.locator('[data-drawn="true"]').waitFor();
  await page
    .getByRole("region", { name: "What Ancre reads" })
    .getByText("The security deposit equals two months")
    .waitFor();

  await page.getByLabel("Show where passages begin and end").check();
  const chunks = page.locator("[data-chunk]");
  await chunks.first().waitFor();
  const shown = (await chunks.allInnerTexts()).join("\n");
  expect(shown).toContain("The notice period for a furnished flat is one month");
  expect(shown).toContain("bears interest of four percent a year");

  await page.getByRole("button", { name: "Reading", exact: true }).click();
  const report = page.getByRole("region", { name: "The whole document" });
  await report.getByText("Pages read").waitFor();
  expect(await report.locator("dd").allInnerTexts()).toEqual([
    "2",
    expect.stringMatching(/^\d{3}$/),
    "0",
    "0",
    "0",
    "0",
    "Nothing",
  ]);

  await pages.getByRole("button", { name: /Residential/ }).click();
  await page.waitForFunction(() => !location.search.includes("page="));
  await page.getByRole("region", { name: "This page" }).waitFor();
  await end();
});

test("a replaced document goes back to the version before in one click, and a link to a page of either holds", async () => {
  const { documentId, api } = await uploadLease("Versions");
  const { page, end } = await visit(`/library/${documentId}`);
  await page.locator('[data-drawn="true"]').waitFor();
  await replaceFile(page, "lease.pdf", "The rent is paid on the first day of each month.");
  await page.getByRole("heading", { name: "new lease.md" }).waitFor();
  await page
    .getByRole("region", { name: "What Ancre reads" })
    .getByText("on the first day of each month")
    .waitFor();

  await page.getByRole("button", { name: "Versions" }).click();
  await page.getByRole("button", { name: "Look at version 1" }).click();
  await page.getByText("This is version 1, which isn’t the one being read.").waitFor();
  await page.getByRole("button", { name: "Go back to version 1" }).click();
  await page.getByRole("heading", { name: "lease.pdf", exact: true }).waitFor();
  await page.locator('[data-drawn="true"]').waitFor();
  expect(await api.json("GET", `/documents/${documentId}`)).toMatchObject({
    status: "ready",
    version: 1,
    published_version: 1,
  });
  await page.goto(`/library/${documentId}?version=2`);
  await page
    .getByRole("region", { name: "What Ancre reads" })
    .getByText("on the first day of each month")
    .waitFor();
  await end();
});

test("an update that the model refused says so, leaves the version before it read, and is tried again by a button", async () => {
  const { documentId, assistantId, api } = await uploadLease("Refused");
  const published = async () => {
    const { status, version, published_version } = await api.json<Record<string, unknown>>(
      "GET",
      `/documents/${documentId}`,
    );
    return { status, version, published_version };
  };
  const refusal = `${inject("modelUrl")}/refused/${encodeURIComponent("twelve weeks")}`;
  await fetch(refusal, { method: "PUT" });
  const { page, end } = await visit(`/library/${documentId}?page=2`);
  await page.locator('[data-drawn="true"]').waitFor();
  await replaceFile(page, "lease.pdf", "The notice period for a furnished flat is twelve weeks.");
  await page
    .getByText(
      "The last update failed and the version before it is still the one that is read. The embedding model or the " +
        "vector store refused this document. Check their configuration, then try again: what was read is kept.",
    )
    .waitFor();
  expect(await published()).toEqual({ status: "ready", version: 1, published_version: 1 });
  await page.getByRole("heading", { name: "lease.pdf", exact: true }).waitFor();
  await page.goto(`/ask/${assistantId}`);
  await ask(page, "What is the notice period?");
  const answers = page.locator("[data-answer]");
  expect(await answers.innerText()).toContain("furnished flat is one month");

  await page.goto(`/library/${documentId}`);
  const again = page.getByRole("button", { name: "Try the update again", exact: true });
  await again.waitFor();
  await fetch(refusal, { method: "DELETE" });
  await again.click();
  await again.waitFor({ state: "detached" });
  await page.getByRole("heading", { name: "new lease.md" }).waitFor();
  await page.locator('[data-status="ready"]').waitFor();
  await page
    .getByRole("region", { name: "What Ancre reads" })
    .getByText("The notice period for a furnished flat is twelve weeks")
    .waitFor();
  expect(await page.getByText("The last update failed").count()).toBe(0);
  expect(await published()).toEqual({ status: "ready", version: 3, published_version: 3 });
  await page.goto(`/ask/${assistantId}`);
  await ask(page, "What is the notice period?");
  expect(await answers.innerText()).toContain("furnished flat is twelve weeks");
  await end();
});
