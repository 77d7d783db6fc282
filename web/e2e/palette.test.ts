import { expect, inject, test } from "vitest";
import { createApiClient } from "../../dev/client/api.ts";
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

test("a conversation is found whichever of many assistants it was with", async () => {
  const home = createApiClient({ url: inject("apiUrl") });
  const { id: tenantId } = await home.json<{ id: string }>("POST", "/tenants", { name: "Chandlery" });
  const api = createApiClient({ url: inject("apiUrl"), tenantId });
  const made: string[] = [];
  for (let n = 1; n <= 10; n += 1) {
    made.push((await api.json<{ id: string }>("POST", "/assistants", { name: `Clerk ${n}` })).id);
  }
  const [oldest] = made;
  const message = "Where is the anchor chain kept?";
  const asked = await api.json<{ conversation_id: string }>("POST", `/chat/${oldest}`, { message });

  const { page, end } = await visit("/plan");
  await page.evaluate((tenant) => localStorage.setItem("ancre.tenant", tenant), tenantId);
  await page.goto("/plan");
  await page.getByText(/^(Ctrl K|⌘K)$/).waitFor();
  await page.keyboard.press("Control+k");
  const searches: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/conversations?") && request.url().includes("q="))
      searches.push(request.url());
  });
  await page.getByRole("combobox").pressSequentially("anchor chain");
  await page.getByRole("option", { name: message, selected: true }).waitFor();
  expect(searches.length).toBeLessThan("anchor chain".length);
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/ask/${oldest}/${asked.conversation_id}`);
  await page.locator("[data-turn]").waitFor();
  await end();
});
