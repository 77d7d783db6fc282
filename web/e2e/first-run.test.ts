import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import { createApiClient } from "../../dev/client/api.ts";
import { visit } from "./browser.ts";

const GARDEN = `# Garden rules

Who tends the plots, and how.

## The gate

The garden gate is locked at nine in the evening.

## Dogs

Dogs are kept on a lead.
`;

function fileNamed(name: string, content: string): string {
  const path = join(mkdtempSync(join(tmpdir(), "ancre-e2e-")), name);
  writeFileSync(path, content);
  return path;
}

/** Goes to a workspace that has nothing yet, by the switch; the way of whoever was just given one. */
async function enterEmptyWorkspace(page: Page, name: string): Promise<void> {
  await createApiClient({ url: inject("apiUrl") }).json("POST", "/tenants", { name });
  await page.reload();
  await page.getByRole("button", { name: /^Workspace: / }).click();
  await page.getByRole("menuitemradio", { name }).click();
  await page.getByRole("heading", { name: "First steps" }).waitFor();
}

test("an empty workspace leads from a first file to a first anchored answer, its source open beside it", async () => {
  const { page, end } = await visit("/ask");
  await enterEmptyWorkspace(page, "Untitled");
  expect(new URL(page.url()).pathname).toBe("/start");
  await page.getByRole("textbox", { name: "Workspace name" }).fill("Garden club");
  await page.getByRole("button", { name: "Use this name" }).click();
  await page.getByRole("button", { name: "Workspace: Garden club" }).waitFor();

  await page.setInputFiles('input[type="file"]', fileNamed("broken.pdf", "%PDF-1.7 and nothing else"));
  const failure = page.locator("[data-failed]");
  await failure.getByText("The file is damaged and can't be opened.").waitFor();
  await failure.getByRole("button", { name: "Choose another file" }).click();
  await page.setInputFiles('input[type="file"]', fileNamed("garden.md", GARDEN));
  await page.getByText("garden.md is read: 3 sections.").waitFor();

  await page.reload();
  await page.getByText("garden.md is read: 3 sections.").waitFor();
  const questions = page.locator("[data-questions] button");
  await questions.first().waitFor();
  expect(await questions.allInnerTexts()).toEqual(["What about “The gate”?", "What about “Dogs”?"]);
  await questions.first().click();
  await page.locator("[data-done]").waitFor();
  await page
    .locator("aside .page-text mark")
    .getByText("The garden gate is locked at nine in the evening.")
    .waitFor();

  await page.getByRole("link", { name: "Go on in Ask" }).click();
  await page.waitForURL(/\/ask\/[^/]+\/[^/]+$/);
  await page.getByRole("heading", { name: "What about “The gate”?" }).waitFor();
  await page.locator("[data-answer]").getByText("nine in the evening").waitFor();
  await page.goto("/");
  await page.waitForURL(/\/ask/);
  await end();
});

test("the sample takes the place of a file, offline is told and passes, and the first steps can be skipped", async () => {
  const { page, end } = await visit("/ask", { locale: "fr-FR" });
  await createApiClient({ url: inject("apiUrl") }).json("POST", "/tenants", { name: "Sautes" });
  await page.reload();
  await page.getByRole("button", { name: /^Espace/ }).click();
  await page.getByRole("menuitemradio", { name: "Sautes" }).click();
  const sample = page.getByRole("button", { name: "Essayer avec un exemple" });
  await sample.waitFor();
  await page.context().setOffline(true);
  await sample.click();
  await page.getByRole("alert").getByText("Le fichier n’a pas été pris en charge.").waitFor();
  await page.context().setOffline(false);
  await page.getByRole("button", { name: "Passer" }).click();
  await page.getByRole("heading", { name: "Rien encore pour vous répondre" }).waitFor();
  await page.goto("/");
  await page.waitForURL(/\/ask/);

  await page.getByRole("link", { name: "Faire les premiers pas" }).click();
  await sample.click();
  await page.getByRole("button", { name: /^Qu’en est‑il de « Télétravail » ?/ }).click();
  await page.locator("[data-done]").waitFor();
  await page.locator("aside .page-text mark").getByText("trois jours par semaine").waitFor();
  await end(/ERR_INTERNET_DISCONNECTED/);
});
