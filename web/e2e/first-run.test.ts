import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject, test } from "vitest";
import { createApiClient } from "../../dev/client/api.ts";
import { ask, visit } from "./browser.ts";

test("an empty workspace leads from a first file to a first anchored answer, and shows none of the other's", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "ancre-e2e-")), "garden.md");
  writeFileSync(
    file,
    "# Garden rules\n\nThe garden gate is locked at nine in the evening. Dogs are kept on a lead.\n",
  );
  const name = "Garden club";
  await createApiClient({ url: inject("apiUrl") }).json("POST", "/tenants", { name });
  const { page, end } = await visit("/ask");
  await page.locator("#question").waitFor();
  await page.getByRole("button", { name: "Workspace: Demo" }).click();
  await page.getByRole("menuitemradio", { name }).click();
  await page.getByRole("heading", { name: "Nothing to answer from yet" }).waitFor();

  await page.getByRole("link", { name: "Add documents" }).click();
  await page.getByRole("heading", { name: "Library", level: 1 }).waitFor();
  await page.getByText("Nothing to read yet").waitFor();
  await page.setInputFiles('input[type="file"]', file);
  await page.locator('[data-status="ready"]').getByText("garden.md").waitFor();
  await page.getByRole("link", { name: "Ask" }).click();
  await page.locator("#question").waitFor();
  await ask(page, "When is the garden gate locked?");
  await page.locator("[data-answer]").getByText("nine in the evening").waitFor();
  await page.locator("[data-mark]").first().click();
  await page
    .locator(".page-text mark")
    .getByText("The garden gate is locked at nine in the evening.")
    .waitFor();
  await end();
});
