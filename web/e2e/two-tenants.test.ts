import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { createApiClient } from "../../dev/client/api.ts";
import { visit } from "./browser.ts";

test("another workspace shows its own documents and answers from them alone, and a link across is no page", async () => {
  const home = createApiClient({ url: inject("apiUrl") });
  const { data } = await home.json<{ data: { id: string }[] }>("GET", "/documents?limit=1");
  const { id: tenantId } = await home.json<{ id: string }>("POST", "/tenants", { name: "Lighthouse" });
  const api = createApiClient({ url: inject("apiUrl"), tenantId });
  const collection = await api.json<{ id: string }>("POST", "/collections", { name: "Log" });
  const file = join(mkdtempSync(join(tmpdir(), "ancre-e2e-")), "lamp.md");
  writeFileSync(file, "# Lamp\n\nThe lamp of the lighthouse is lit at seven every evening.\n");
  const { id } = await api.upload(collection.id, file);
  await api.settle(id);
  await api.json("POST", "/assistants", { name: "Keeper", collection_ids: [collection.id] });

  const { page, end } = await visit("/library");
  await page.getByRole("link", { name: "handbook-en.md" }).waitFor();
  await page.getByRole("button", { name: "Workspace: Demo" }).click();
  await page.getByRole("menuitemradio", { name: "Lighthouse" }).click();
  await page.getByRole("button", { name: "Workspace: Lighthouse" }).waitFor();
  await page.goto("/library");
  await page.getByRole("link", { name: "lamp.md" }).waitFor();
  expect(await page.getByText("handbook-en.md").count()).toBe(0);

  await page.goto("/ask");
  await page.fill("#question", "When is the lamp of the lighthouse lit?");
  await page.keyboard.press("Enter");
  await page.locator('[data-turn="done"]').waitFor();
  expect(await page.locator("[data-answer]").innerText()).toContain("seven every evening");
  await page.fill("#question", "How are travel expenses reimbursed?");
  await page.keyboard.press("Enter");
  await page.locator('[data-turn="done"]').nth(1).waitFor();
  expect(await page.locator("[data-turn]").nth(1).innerText()).not.toContain("handbook");

  await page.goto(`/library/${data[0]?.id}`);
  await page.getByRole("heading", { name: "There is nothing at this address" }).waitFor();
  await end(/status of 404/);
});
