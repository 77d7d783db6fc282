import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { createApiClient } from "../../dev/client/api.ts";
import { visit } from "./browser.ts";

test("another workspace shows its own documents and answers from them alone, and a link across is no page", async () => {
  const home = createApiClient({ url: inject("apiUrl") });
  const { id: shelf } = await home.json<{ id: string }>("POST", "/collections", { name: "At home" });
  const { id: tenantId } = await home.json<{ id: string }>("POST", "/tenants", { name: "Lighthouse" });
  const api = createApiClient({ url: inject("apiUrl"), tenantId });
  const collection = await api.json<{ id: string }>("POST", "/collections", { name: "Log" });
  const folder = mkdtempSync(join(tmpdir(), "ancre-e2e-"));
  const file = join(folder, "lamp.md");
  writeFileSync(file, "# Lamp\n\nThe lamp of the lighthouse is lit at seven every evening.\n");
  const ours = join(folder, "hearth.md");
  writeFileSync(ours, "# Hearth\n\nThe hearth is swept on Mondays.\n");
  const { id: oursId } = await home.upload(shelf, ours);
  const { id } = await api.upload(collection.id, file);
  await api.settle(id);
  await api.json("POST", "/assistants", { name: "Keeper", collection_ids: [collection.id] });

  const { page, end } = await visit(`/library?collection=${shelf}`);
  await page.getByRole("link", { name: "hearth.md" }).waitFor();
  await page.getByRole("button", { name: "Workspace: Demo" }).click();
  await page.getByRole("menuitemradio", { name: "Lighthouse" }).click();
  await page.getByRole("button", { name: "Workspace: Lighthouse" }).waitFor();
  await page.goto("/library");
  await page.getByRole("link", { name: "lamp.md" }).waitFor();
  expect(await page.getByText("hearth.md").count()).toBe(0);
  await page.getByRole("button", { name: "What can be done with lamp.md" }).click();
  const coming = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "Download" }).click();
  expect(readFileSync(await (await coming).path(), "utf8")).toContain("lit at seven");

  await page.goto("/ask");
  await page.fill("#question", "When is the lamp of the lighthouse lit?");
  await page.keyboard.press("Enter");
  await page.locator('[data-turn="done"]').waitFor();
  expect(await page.locator("[data-answer]").innerText()).toContain("seven every evening");
  await page.fill("#question", "When is the hearth swept?");
  await page.keyboard.press("Enter");
  await page.locator('[data-turn="done"]').nth(1).waitFor();
  expect(await page.locator("[data-turn]").nth(1).innerText()).not.toContain("Mondays");

  await page.goto(`/library/${oursId}`);
  await page.getByRole("heading", { name: "There is nothing at this address" }).waitFor();
  await end(/status of 404/);
});
