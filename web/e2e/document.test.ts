import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { visit } from "./browser.ts";
import { uploadLease } from "./lease.ts";

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
  const file = join(mkdtempSync(join(tmpdir(), "ancre-e2e-")), "new lease.md");
  writeFileSync(file, "# New lease\n\nThe rent is paid on the first day of each month.\n");
  await page.getByRole("button", { name: "What can be done with lease.pdf" }).click();
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("menuitem", { name: "Replace the file…" }).click(),
  ]);
  await chooser.setFiles(file);
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
