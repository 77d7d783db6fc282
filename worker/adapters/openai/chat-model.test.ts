import type OpenAI from "openai";
import { expect, test } from "vitest";
import { createChatModel } from "./chat-model.ts";

/** A model whose stream says these pieces and then closes, as a connection that is cut between two events does. */
function saying(...pieces: { text: string; end?: "stop" }[]) {
  const chunks = pieces.map(({ text, end }) => ({
    choices: [{ delta: { content: text }, finish_reason: end ?? null }],
  }));
  const create = async () =>
    (async function* () {
      yield* chunks;
    })();
  return createChatModel(async () => ({ chat: { completions: { create } } }) as unknown as OpenAI, {
    model: "m",
  });
}

async function collect(model: ReturnType<typeof saying>): Promise<string> {
  const { signal } = new AbortController();
  let text = "";
  const request = { model: null, messages: [], temperature: 0, maxTokens: 10, signal };
  for await (const delta of model.stream(request)) text += delta.text;
  return text;
}

test("an answer is whole when the model says that it has ended", async () => {
  expect(await collect(saying({ text: "One " }, { text: "month.", end: "stop" }))).toBe("One month.");
});

test("an answer that stops without its end is a failure of the model, not a shorter answer", async () => {
  await expect(collect(saying({ text: "One " }))).rejects.toMatchObject({
    name: "UpstreamError",
    retryable: true,
  });
});
