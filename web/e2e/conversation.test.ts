import { expect, inject, test } from "vitest";
import { ask, visit } from "./browser.ts";
import { startCuttingProxy } from "./cutting-proxy.ts";
import { uploadLease } from "./lease.ts";

const QUESTION = "What is the security deposit?";

test("an answer is stopped where Send was, given again, and both versions stay", async () => {
  const { assistantId } = await uploadLease("Versions");
  const { page, end } = await visit(`/ask/${assistantId}`);
  await page.fill("#question", QUESTION);
  await page.keyboard.press("Enter");
  await page.locator("[data-answer]").waitFor();
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await page.getByText("This answer was stopped. What is written is kept.").waitFor();
  const stopped = await page.locator("[data-answer]").innerText();

  await page.getByRole("button", { name: "Answer again" }).click();
  await page.locator('[data-turn="done"]').waitFor();
  expect((await page.locator("[data-answer]").innerText()).length).toBeGreaterThan(stopped.length);
  await page.getByRole("button", { name: "Earlier version" }).click();
  await page.getByText("This answer was stopped. What is written is kept.").waitFor();
  await page.reload();
  await page.getByText("Version 2 of 2").waitFor({ state: "attached" });
  await end();
});

test("the stage tells real numbers, and nothing above the end moves while the answer is written", async () => {
  const { assistantId } = await uploadLease("Stage");
  const { page, end } = await visit(`/ask/${assistantId}`);
  await page.locator("#question").waitFor();
  await page.evaluate(() => {
    const seen: string[] = [];
    let shift = 0;
    Object.assign(globalThis, { seen, shiftSoFar: () => shift });
    new MutationObserver(() => {
      const stage = document.querySelector("[data-stage]")?.textContent;
      if (stage && stage !== seen.at(-1)) seen.push(stage);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
      })[])
        if (!entry.hadRecentInput) shift += entry.value;
    }).observe({ type: "layout-shift" });
  });
  await ask(page, "When is the rent paid and what does a late payment bear?");
  const { seen, shift } = await page.evaluate(() => {
    const kept = globalThis as unknown as { seen: string[]; shiftSoFar: () => number };
    return { seen: kept.seen, shift: kept.shiftSoFar() };
  });
  expect(seen[0]).toBe("Searching 1 collection…");
  expect(seen.at(-1)).toBe("Writing…");
  // What follows at once may come in one piece with the next.
  for (const stage of seen.slice(1, -1)) expect(stage).toMatch(/^Reading \d+ passages?…$/);
  // What counts as good is below 0.1.
  expect(shift).toBeLessThan(0.05);
  await end();
});

test("conversations are found, renamed and deleted, and the last question can be changed", async () => {
  const { assistantId } = await uploadLease("List");
  const { page, end } = await visit(`/ask/${assistantId}`);
  await page.locator("#question").waitFor();
  await ask(page, QUESTION);
  await page.getByRole("button", { name: "Edit the question" }).click();
  await page.getByRole("textbox", { name: "Edit the question" }).fill("When is the rent paid?");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "When is the rent paid?" }).waitFor();
  await page.locator('[data-turn="done"]').waitFor();
  await page.getByRole("button", { name: "Earlier version" }).click();
  await page.getByRole("heading", { name: QUESTION }).waitFor();

  const list = page.getByRole("navigation", { name: "Conversations" });
  await list.getByRole("link", { name: QUESTION }).hover();
  await page.getByRole("button", { name: `Actions for “${QUESTION}”` }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  await page.getByRole("textbox", { name: "Title" }).fill("Deposit of the flat");
  await page.keyboard.press("Enter");
  await list.getByRole("link", { name: "Deposit of the flat" }).waitFor();

  await page.getByRole("searchbox", { name: "Search conversations" }).fill("nothing of the kind");
  await page.getByText("No conversation has this in its title.").waitFor();
  await page.getByRole("searchbox", { name: "Search conversations" }).fill("deposit");
  await list.getByRole("link", { name: "Deposit of the flat" }).hover();
  await page.getByRole("button", { name: "Actions for “Deposit of the flat”" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete the conversation" }).click();
  await page.waitForURL((url) => url.pathname === `/ask/${assistantId}`);
  await list.getByRole("link", { name: "Deposit of the flat" }).waitFor({ state: "detached" });
  await end();
});

test("without network, and after a session's end, what was typed stays", async () => {
  const { assistantId } = await uploadLease("Draft");
  const { page, end } = await visit(`/ask/${assistantId}`);
  await page.locator("#question").waitFor();
  await page.context().setOffline(true);
  await page.getByText("You’re offline.").waitFor();
  await page.fill("#question", QUESTION);
  await page.context().setOffline(false);
  await page.getByText("You’re offline.").waitFor({ state: "detached" });
  await page.reload();
  await page.locator("#question").waitFor();
  await page.waitForFunction((text) => document.querySelector("textarea")?.value === text, QUESTION);

  const refusal = { code: "unauthenticated", detail: "Sign in.", request_id: "r-1" };
  await page.route("**/api/v1/**", (route) => route.fulfill({ status: 401, json: refusal }));
  await page.locator("#question").press("Enter");
  await page.getByText("Your session has ended.", { exact: true }).waitFor();
  await page.locator("form").getByText("Request r-1").waitFor();
  const list = page.getByRole("navigation", { name: "Conversations" });
  await list.getByText("Request r-1").waitFor();
  expect(await page.inputValue("#question")).toBe(QUESTION);
  await page.unroute("**/api/v1/**");
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByText("Your session has ended.", { exact: true }).waitFor({ state: "detached" });
  // What failed beside it for the same reason is there again by itself.
  await list.getByText("Request r-1").waitFor({ state: "detached" });
  await page.locator("#question").press("Enter");
  await page.locator('[data-turn="done"]').waitFor();
  // What the page was still loading when the network went.
  await end(/status of 401|ERR_INTERNET_DISCONNECTED/);
});

test("an answer goes on over a cut and over a reload of the page, and counts once", async () => {
  const { api, assistantId } = await uploadLease("Reconnect");
  const countQuestions = async () => {
    const { metrics } = await api.json<{ metrics: { metric: string; used: number }[] }>("GET", "/usage");
    return metrics.find(({ metric }) => metric === "questions")?.used ?? 0;
  };
  const counted = await countQuestions();
  const network = await startCuttingProxy(inject("webUrl"));
  const { page, end } = await visit(`/ask/${assistantId}`, { baseURL: network.url });
  await page.locator("#question").waitFor();
  await ask(page, QUESTION);
  const whole = await page.locator("[data-answer]").innerText();

  await page.getByRole("button", { name: "New conversation" }).first().click();
  await page.fill("#question", QUESTION);
  await page.keyboard.press("Enter");
  await page.locator("[data-answer]").waitFor();
  await page.fill("#question", "And the keys?");
  network.cut();
  await page.getByText("Reconnecting…").waitFor();
  const before = await page.locator("[data-answer]").innerText();
  network.mend();
  await page.locator('[data-turn="done"]').waitFor();
  expect(await page.locator("[data-answer]").innerText()).toBe(whole);
  expect(before.length).toBeLessThan(whole.length);
  expect(await page.inputValue("#question")).toBe("And the keys?");

  await page.fill("#question", QUESTION);
  await page.keyboard.press("Enter");
  await page.locator('[data-turn="writing"] [data-answer]').waitFor();
  await page.reload();
  await page.locator('[data-turn="done"]').nth(1).waitFor();
  expect(await page.locator("[data-answer]").nth(1).innerText()).toBe(whole);
  expect((await countQuestions()) - counted).toBe(3);
  await end(/ERR_(INCOMPLETE_CHUNKED_ENCODING|EMPTY_RESPONSE|CONNECTION_\w+)/);
  network.close();
});

test("what is thought of an answer and an edited question's earlier branch are there after a reload", async () => {
  const { assistantId } = await uploadLease("Feedback");
  const { page, end } = await visit(`/ask/${assistantId}`);
  await page.locator("#question").waitFor();
  await ask(page, QUESTION);
  await page.getByRole("button", { name: "Poor answer" }).click();
  await page.getByRole("textbox", { name: "What was wrong with it? (optional)" }).fill("Which deposit?");
  await page.getByRole("button", { name: "Keep the comment" }).click();
  await page.getByText("Thank you, it’s noted").waitFor();

  await page.getByRole("button", { name: "Edit the question" }).click();
  await page.getByRole("textbox", { name: "Edit the question" }).fill("When is the rent paid?");
  await page.keyboard.press("Enter");
  await page.getByText("Version 2 of 2").waitFor({ state: "attached" });
  await page.getByRole("heading", { name: "When is the rent paid?" }).waitFor();
  await page.locator('[data-turn="done"]').waitFor();
  await ask(page, "And what does a late payment bear?", 2);

  await page.reload();
  await page.getByRole("heading", { name: "And what does a late payment bear?" }).waitFor();
  expect(await page.locator("[data-turn]").count()).toBe(2);
  await page.getByRole("button", { name: "Earlier version" }).click();
  await page.getByRole("heading", { name: QUESTION }).waitFor();
  await page.getByText("A further question goes on from the latest.").waitFor();
  expect(await page.locator("[data-turn]").count()).toBe(1);
  const poor = page.getByRole("button", { name: "Poor answer" });
  expect(await poor.getAttribute("aria-pressed")).toBe("true");
  await page.getByRole("button", { name: "Comment" }).click();
  expect(await page.getByRole("textbox", { name: /^What was wrong/ }).inputValue()).toBe("Which deposit?");
  await poor.click();
  await page.getByRole("button", { name: "Comment" }).waitFor({ state: "detached" });
  await end();
});
