import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { CitationJson } from "../../dev/client/shapes.ts";
import { ask, visit } from "./browser.ts";
import { uploadLease } from "./lease.ts";

const QUESTION = "What is the notice period for a furnished flat?";

/** The letters of the drawn page whose middle lies under a mark, in the order in which they stand. */
function lettersUnderMarks(page: Page): Promise<string> {
  return page.evaluate(() => {
    const marks = [...document.querySelectorAll("[data-quote-box]")].map((box) =>
      box.getBoundingClientRect(),
    );
    const text = document.createTreeWalker(
      document.querySelector(".pdf-text") as Element,
      NodeFilter.SHOW_TEXT,
    );
    let under = "";
    for (let node = text.nextNode(); node; node = text.nextNode()) {
      for (let at = 0; at < (node.textContent ?? "").length; at += 1) {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const { left, width, top, height } = range.getBoundingClientRect();
        const [x, y] = [left + width / 2, top + height / 2];
        if (marks.some((mark) => x > mark.left && x < mark.right && y > mark.top && y < mark.bottom))
          under += node.textContent?.[at];
      }
    }
    return under;
  });
}

const lettersOf = (text: string) => text.replaceAll(/[^\p{L}\p{N}]/gu, "");

test("a first answer leads to the real page with the exact words marked, and so does its address", async () => {
  const { api, assistantId, documentId } = await uploadLease("Anchors");
  const { page, end } = await visit(`/ask/${assistantId}`);
  await page.getByRole("button", { name: "What is the notice period?" }).waitFor();
  await ask(page, QUESTION);

  const [, conversationId] = /\/ask\/[^/]+\/([^/?]+)/.exec(page.url()) ?? [];
  const { messages } = await api.json<{ messages: { citations: CitationJson[] }[] }>(
    "GET",
    `/chat/${assistantId}/conversations/${conversationId}`,
  );
  const [citation] = messages[0]?.citations ?? [];
  expect(citation).toMatchObject({ document_id: documentId, page: 2, verified: true });
  const { text } = await api.page(documentId, 2);
  const quoted = text.slice(citation?.char_start, citation?.char_end);
  expect(quoted).toContain("one month; it begins on the day");

  await page.locator("[data-mark]").first().hover();
  await page
    .getByText(citation?.quote ?? "")
    .last()
    .waitFor();
  await page.locator("[data-mark]").first().click();
  await page.locator("[data-quote-box]").first().waitFor();
  expect(lettersOf(await lettersUnderMarks(page))).toBe(lettersOf(quoted));
  await page.getByText("page 2 of 2").waitFor();

  // The address alone shows the same to whoever opens it.
  await page.reload();
  await page.locator("[data-quote-box]").first().waitFor();
  expect(lettersOf(await lettersUnderMarks(page))).toBe(lettersOf(quoted));
  expect(await page.locator("[data-mark]").count()).toBe(messages[0]?.citations.length);

  await page.getByRole("button", { name: "Previous page" }).click();
  await page.getByText("page 1 of 2").waitFor();
  expect(await page.locator("[data-quote-box]").count()).toBe(0);
  await page.getByRole("button", { name: "Text", exact: true }).click();
  await page.getByText("Signed in Nantes on 3 March 2025.").waitFor();
  await end();
});

test("the keyboard alone walks the anchors, opens one and closes it again", async () => {
  const { assistantId } = await uploadLease("Keyboard");
  const { page, end } = await visit(`/ask/${assistantId}`);
  await page.locator("#question").waitFor();
  await ask(page, "What is the security deposit and when is the rent paid?");
  await page.locator("[data-thread]").focus();
  await page.keyboard.press("]");
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute("data-mark"));
  expect(await focused()).toBe("1");
  await page.keyboard.press("Enter");
  await page.locator("[data-quote-box]").first().waitFor();
  expect(page.url()).toMatch(/document=.*&page=2&span=\d+-\d+/);
  await page.keyboard.press("Escape");
  await page.waitForURL((url) => !url.search.includes("document="));
  await page.waitForFunction(() => document.activeElement?.getAttribute("data-mark") === "1");
  await end();
});

test("a page is zoomed by keys and buttons with its marks in place, and a replaced file opens as it was quoted", async () => {
  const { api, assistantId, documentId } = await uploadLease("Zoom");
  const { page, end } = await visit(`/ask/${assistantId}`);
  await page.locator("#question").waitFor();
  await ask(page, QUESTION);
  await page.locator("[data-mark]").first().click();
  await page.locator("[data-quote-box]").first().waitFor();
  const quoted = await lettersUnderMarks(page);
  expect(quoted).not.toBe("");
  const width = () => page.locator(".pdf-sheet").evaluate(({ clientWidth }) => clientWidth);
  const fitting = await width();
  await page.keyboard.press("+");
  await page.getByText("125%").waitFor();
  await page.getByRole("button", { name: "Zoom in" }).click();
  await page.getByText("150%").waitFor();
  expect((await width()) / fitting).toBeCloseTo(1.5, 1);
  await page.waitForFunction(() => {
    const canvas = document.querySelector<HTMLCanvasElement>(".pdf-sheet canvas");
    return canvas && canvas.width >= canvas.clientWidth - 1;
  });
  expect(lettersOf(await lettersUnderMarks(page))).toBe(lettersOf(quoted));
  await page.keyboard.press("0");
  await page.getByText("100%").waitFor();
  expect(await width()).toBe(fitting);

  const replace = async (text: string) => {
    const form = new FormData();
    form.set("file", new File([text], "lease.md"));
    await api.json("PUT", `/documents/${documentId}/content`, form);
    await api.settle(documentId);
  };
  const save = async (button: string) => {
    const coming = page.waitForEvent("download");
    await page.getByRole("button", { name: button, exact: true }).click();
    const file = await coming;
    return { name: file.suggestedFilename(), text: readFileSync(await file.path(), "latin1") };
  };
  await replace("# Lease\n\nAnother text altogether.");
  await page.reload();
  await page.getByText("This is the version that the answer quotes.").waitFor();
  await page.locator("[data-quote-box]").first().waitFor();
  expect(lettersOf(await lettersUnderMarks(page))).toBe(lettersOf(quoted));
  const earlier = await save("Download the file of this version");
  expect(earlier).toEqual({ name: "lease.pdf", text: expect.stringMatching(/^%PDF/) });

  // Of versions before the one before, the text alone is kept.
  await replace("# Lease\n\nA third text.");
  const states = async () => {
    const { data } = await api.json<{ data: { state: string }[] }>(
      "GET",
      `/documents/${documentId}/versions`,
    );
    return data.map(({ state }) => state);
  };
  await expect.poll(states, { timeout: 60_000 }).toEqual(["complete", "complete", "retired"]);
  await page.getByRole("button", { name: "Download the file of this version" }).click();
  await page.getByText("The file of the version that is quoted here is no longer kept").waitFor();
  expect(await save("Download the current file")).toEqual({
    name: "lease.md",
    text: "# Lease\n\nA third text.",
  });
  await end(/status of 404 .*\/content\?version=1/);
});
