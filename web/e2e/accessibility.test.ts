import axe from "axe-core";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { ask, visit } from "./browser.ts";
import { uploadLease } from "./lease.ts";

type Result = { violations: { id: string; impact: string | null; nodes: { html: string }[] }[] };

/** Serious and critical violations, with the first place of each. */
async function seriousViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<Result> } }).axe.run(),
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

const settingsReady = (page: Page) => page.locator("[data-settings] h2").first().waitFor();

const PAGES: { name: string; path: string; ready: (page: Page) => Promise<unknown> }[] = [
  { name: "ask", path: "/ask", ready: (page) => page.locator("#question").waitFor() },
  { name: "library", path: "/library", ready: (page) => page.locator("[data-status]").first().waitFor() },
  { name: "usage", path: "/plan", ready: (page) => page.getByRole("slider").waitFor() },
  {
    name: "first steps",
    path: "/start",
    ready: (page) => page.getByRole("button", { name: "Try with a sample" }).waitFor(),
  },
  {
    name: "palette",
    path: "/library",
    ready: async (page) => {
      // Its keys are named once the page answers to presses.
      await page.getByText(/^(Ctrl K|⌘K)$/).waitFor();
      await page.getByRole("button", { name: "Find" }).click();
      await page.getByRole("option").first().waitFor();
    },
  },
  { name: "assistants", path: "/assistants", ready: (page) => page.locator("[data-assistants]").waitFor() },
  { name: "assistant", path: "/assistants/new", ready: (page) => page.locator("[data-preview]").waitFor() },
  { name: "profile", path: "/settings/profile", ready: settingsReady },
  { name: "workspace", path: "/settings/workspace", ready: settingsReady },
  { name: "members", path: "/settings/members", ready: settingsReady },
  { name: "keys", path: "/settings/keys", ready: settingsReady },
  { name: "audit", path: "/settings/audit", ready: settingsReady },
  { name: "data", path: "/settings/data", ready: settingsReady },
];

/** In both themes, which differ in nothing but their colours. */
async function expectAccessible(name: string, page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    // Once it is painted in it: a colour that is inherited comes a frame later at each level.
    await page.evaluate(async () => {
      for (let still = 0; still < 2; ) {
        await new Promise(requestAnimationFrame);
        still = document.getAnimations().length === 0 ? still + 1 : 0;
      }
    });
    expect([name, colorScheme, await seriousViolations(page)]).toEqual([name, colorScheme, []]);
  }
}

test("no page has a serious violation in either theme", async () => {
  for (const { name, path, ready } of PAGES) {
    const { page, end } = await visit(path, { reducedMotion: "reduce" });
    await ready(page);
    await expectAccessible(name, page);
    await end();
  }
});

test("an answer with its receipt, its source and its menus has none, on a phone neither", async () => {
  const { assistantId } = await uploadLease("Access");
  const { page, end } = await visit(`/ask/${assistantId}`, { reducedMotion: "reduce" });
  await page.locator("#question").waitFor();
  await ask(page, "What is the security deposit?");
  await page.getByRole("button", { name: "Receipt" }).click();
  await page.locator("[data-mark]").first().click();
  await page.locator("[data-quote-box]").first().waitFor();
  await expectAccessible("answer", page);
  const address = new URL(page.url());
  await page.getByRole("button", { name: "Preferences" }).click();
  await page.getByRole("menu").waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  await end();

  const phone = await visit(address.pathname + address.search, {
    viewport: { width: 360, height: 740 },
    reducedMotion: "reduce",
  });
  await phone.page.locator("[data-quote-box]").first().waitFor();
  await expectAccessible("sheet", phone.page);
  const overflow = () => phone.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(await overflow()).toBe(0);
  await phone.page.keyboard.press("Escape");
  await phone.page.locator("[data-answer]").first().waitFor();
  expect(await seriousViolations(phone.page)).toEqual([]);
  expect(await overflow()).toBe(0);
  await phone.end();
});

test("a document’s page and the library’s tray and windows have none, on a phone neither", async () => {
  const { documentId } = await uploadLease("Legible");
  const { page, end } = await visit(`/library/${documentId}`, { reducedMotion: "reduce" });
  await page.locator('[data-drawn="true"]').waitFor();
  await page.getByLabel("Show where passages begin and end").check();
  await page.locator("[data-chunk]").first().waitFor();
  await expectAccessible("document", page);
  for (const panel of ["Reading", "Versions"]) {
    await page.getByRole("button", { name: panel, exact: true }).click();
    await expectAccessible(panel, page);
  }
  await page.getByRole("link", { name: "Library" }).first().click();
  await page.getByLabel("Select lease.pdf").check();
  await page.setInputFiles('input[type="file"]', {
    name: "no.txt",
    mimeType: "text/plain",
    buffer: Buffer.alloc(0),
  });
  await page.locator('[data-import="over"]').getByRole("button", { name: "Files", exact: true }).click();
  await page.getByText("The file is empty.").waitFor();
  await expectAccessible("tray and selection", page);
  await page.locator("[data-bulk]").getByRole("button", { name: "Delete…" }).click();
  await page.getByRole("alertdialog").waitFor();
  await expectAccessible("deletion", page);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Add documents" }).click();
  await page.getByRole("menuitem", { name: "From the web…" }).click();
  await page.getByRole("dialog").waitFor();
  await expectAccessible("web", page);
  await end();

  for (const path of ["/library", `/library/${documentId}`]) {
    const phone = await visit(path, { viewport: { width: 360, height: 740 }, reducedMotion: "reduce" });
    await phone.page.locator("[data-status]").first().waitFor();
    await expectAccessible(`${path} on a phone`, phone.page);
    expect(await phone.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
    await phone.end();
  }
});
