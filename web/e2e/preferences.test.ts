import { expect, test } from "vitest";
import { visit } from "./browser.ts";

test("language and theme change at once, and the next page comes in them from the server", async () => {
  const { page, end } = await visit("/library", { colorScheme: "light" });
  await page.getByRole("heading", { name: "Library", level: 1 }).waitFor();
  // Its keys are named once the page answers to presses.
  await page.getByText(/^(Ctrl K|⌘K)$/).waitFor();
  const surface = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await surface();

  await page.getByRole("button", { name: "Preferences" }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await page.waitForFunction(() => document.documentElement.dataset.theme === "dark");
  expect(await surface()).not.toBe(light);
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Preferences" }).click();
  await page.getByRole("menuitemradio", { name: "Français" }).click();
  await page.getByRole("heading", { name: "Bibliothèque", level: 1 }).waitFor();
  await page.waitForFunction(() => document.title === "Bibliothèque — Ancre");
  expect(await page.evaluate(() => document.documentElement.lang)).toBe("fr");

  const html = await (await page.request.get("/library")).text();
  expect(html).toMatch(/<html lang="fr" data-theme="dark"/);
  await page.reload();
  await page.getByRole("heading", { name: "Bibliothèque", level: 1 }).waitFor();
  expect(await surface()).not.toBe(light);
  await end();
});

test("a choice made while the page's own data is still on its way holds, and the page goes on", async () => {
  const { page, end } = await visit("/ask");
  let letThrough = () => {};
  const held = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await page.route("**/api/v1/collections?*", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/library");
  await page.getByText(/^(Ctrl K|⌘K)$/).waitFor();
  const saved = page.waitForResponse(/\/preferences\.data/);
  await page.getByRole("button", { name: "Preferences" }).click();
  await page.getByRole("menuitemradio", { name: "Français" }).click();
  await saved;
  letThrough();
  await page.getByRole("heading", { name: "Bibliothèque", level: 1 }).waitFor();
  await page.locator("[data-status]").first().waitFor();
  await end();
});

test("a button that doesn't answer yet can't be pressed", async () => {
  const { page, end } = await visit("/plan");
  let letThrough = () => {};
  const held = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await page.route("**/assets/entry.client-*.js", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/library", { waitUntil: "commit" });
  const [find, preferences] = ["Find", "Preferences"].map((name) => page.getByRole("button", { name }));
  await find?.waitFor();
  expect([await find?.isDisabled(), await preferences?.isDisabled()]).toEqual([true, true]);
  letThrough();
  await preferences?.click();
  await page.getByRole("menuitemradio", { name: "Dark" }).waitFor();
  expect(await find?.isDisabled()).toBe(false);
  await end();
});

test("the server speaks the browser's language before anything was chosen", async () => {
  const { page, end } = await visit("/plan", { locale: "fr-FR" });
  await page.getByRole("heading", { name: "Offre et usage", level: 1 }).waitFor();
  await end();
});
