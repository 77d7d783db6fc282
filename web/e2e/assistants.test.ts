import { expect, test } from "vitest";
import { ask, visit } from "./browser.ts";
import { uploadLease } from "./lease.ts";

const QUESTION = "What is the notice period for a furnished flat?";

type AssistantJson = {
  id: string;
  name: string;
  greeting: string;
  policy: string;
  suggested_questions: string[];
};

test("an assistant is asked before it is saved, then made, changed and deleted by its name", async () => {
  const { api } = await uploadLease("Studio");
  const named = async (name: string) => {
    const { data } = await api.json<{ data: AssistantJson[] }>("GET", "/assistants?limit=100");
    return data.find((assistant) => assistant.name === name);
  };
  const { page, end } = await visit("/assistants");
  await page.getByRole("link", { name: "New assistant" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Lease desk");
  await page.getByLabel("Studio", { exact: true }).check();
  for (const question of ["Who pays the charges?", "What is the notice period?"]) {
    await page.getByRole("button", { name: "Add a question" }).click();
    await page.keyboard.type(question);
  }
  await page.keyboard.press("Alt+ArrowUp");
  await page.getByText("Moved to place 1").waitFor();

  await ask(page, QUESTION);
  await page.locator("[data-preview] [data-answer]").getByText("one month").waitFor();
  expect(await named("Lease desk")).toBe(undefined);
  await page.locator("[data-preview] [data-mark]").first().click();
  await page.locator("[data-quote-box]").first().waitFor();
  await page.getByRole("button", { name: "Close" }).click();

  await page.getByRole("link", { name: "Library" }).click();
  await page.getByRole("alertdialog", { name: "Leave without saving?" }).waitFor();
  await page.getByRole("button", { name: "Go on editing" }).click();
  await page.getByRole("button", { name: "Create the assistant" }).click();
  await page.waitForURL((url) => /^\/assistants\/[0-9a-f-]{36}$/.test(url.pathname));
  await page.getByRole("heading", { name: "“Lease desk” is ready" }).waitFor();
  const made = await named("Lease desk");
  expect(made?.suggested_questions).toEqual(["What is the notice period?", "Who pays the charges?"]);
  expect(new URL(page.url()).pathname).toBe(`/assistants/${made?.id}`);
  // The conversation with it went on living.
  await page.locator("[data-preview] [data-answer]").getByText("one month").waitFor();
  expect(await page.locator("[data-publish] [data-code]").innerText()).toContain(`/api/v1/chat/${made?.id}'`);

  await page.getByLabel("Answer all the same").check();
  await page.getByLabel("Greeting").fill("Ask me about your lease.");
  await page.getByText("2 unsaved changes").waitFor();
  await page.getByRole("button", { name: "Undo the change of “When the documents don’t say”" }).click();
  await page.getByText("1 unsaved change").waitFor();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved", { exact: true }).waitFor();
  expect(await named("Lease desk")).toMatchObject({ policy: "strict", greeting: "Ask me about your lease." });

  await page.getByRole("button", { name: "Delete the assistant" }).click();
  const confirm = page.getByRole("alertdialog").getByRole("button", { name: "Delete the assistant" });
  await page.getByLabel("Type “Lease desk” to confirm").fill("Lease");
  expect(await confirm.isDisabled()).toBe(true);
  await page.getByLabel("Type “Lease desk” to confirm").fill("Lease desk");
  await confirm.click();
  await page.locator('[data-deletion="complete"]').waitFor();
  expect(await named("Lease desk")).toBe(undefined);
  await page.getByRole("link", { name: "All assistants" }).click();
  await page.getByRole("link", { name: "Edit “Studio”" }).waitFor();
  await end();
});

test("on a phone form and preview take turns, nothing is wider than the screen, and it speaks French", async () => {
  const { assistantId } = await uploadLease("Phone");
  const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, locale: "fr-FR" };
  const { page, end } = await visit(`/assistants/${assistantId}`, phone);
  await page.getByRole("button", { name: "Essayer" }).click();
  await ask(page, QUESTION);
  await page.locator("[data-preview] [data-mark]").first().waitFor();
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(await overflow()).toBe(0);
  await page.getByRole("button", { name: "Formulaire" }).click();
  await page.getByLabel("Nom", { exact: true }).waitFor();
  expect(await overflow()).toBe(0);
  const rail = page.getByRole("navigation", { name: "Principale" });
  for (const name of ["Questions", "Bibliothèque", "Assistants", "Usage", "Réglages"]) {
    const box = await rail.getByRole("link", { name }).boundingBox();
    expect({ name, isInside: box !== null && box.x >= 0 && box.x + box.width <= 360 }).toEqual({
      name,
      isInside: true,
    });
    expect(Math.min(box?.width ?? 0, box?.height ?? 0), name).toBeGreaterThanOrEqual(44);
  }
  for (const section of ["profile", "members", "keys", "audit", "data"]) {
    await page.goto(`/settings/${section}`);
    await page.locator("[data-settings] h2").first().waitFor();
    expect({ section, overflow: await overflow() }).toEqual({ section, overflow: 0 });
  }
  await end();
});
