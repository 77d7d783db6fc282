import { expect, test } from "vitest";
import { ask, visit } from "./browser.ts";
import { uploadLease } from "./lease.ts";

test("everything is found and done from the keyboard, by names in whatever order", async () => {
  const { assistantId } = await uploadLease("Palette");
  const { page, requests, end } = await visit(`/ask/${assistantId}`);
  await page.locator("#question").waitFor();
  await ask(page, "What is the security deposit?");
  expect(requests.some((url) => /cmdk|palette\.tsx|clerk/.test(url))).toBe(false);

  await page.keyboard.press("Control+k");
  const field = page.getByRole("combobox");
  await field.fill("security dep");
  await page.getByRole("option", { name: "What is the security deposit?", selected: true }).waitFor();
  await page.keyboard.press("Escape");
  await field.waitFor({ state: "detached" });
  await page.waitForFunction(() => document.activeElement?.id === "question");

  await page.getByRole("button", { name: "Find" }).click();
  await field.fill("lease.pdf");
  await page.getByRole("option", { name: "lease.pdf", selected: true }).first().waitFor();
  await page.keyboard.press("Enter");
  await page.locator("[data-drawn=true]").waitFor();
  expect(new URL(page.url()).pathname).toBe("/library");

  await page.keyboard.press("Control+k");
  await field.fill("theme dark");
  await page.getByRole("option", { name: "Theme: Dark", selected: true }).waitFor();
  await page.keyboard.press("Enter");
  await page.locator('html[data-theme="dark"]').waitFor();

  await page.keyboard.press("Control+k");
  await field.fill("xyzzy");
  await page.getByText("Nothing has this in its name.").waitFor();
  await field.fill("usage");
  await page.keyboard.press("Enter");
  await page.getByRole("meter").first().waitFor();
  await end();
});
