import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { keepAlive } from "../../dev/keep-alive.ts";
import { embed } from "../../dev/model-server/embedder.ts";
import { answerTo, cutInto, numberIn, rephrase, TOKENS } from "./library.ts";
import { DELAYS, DIMENSIONS, MODELS, type UpstreamCall } from "./upstream-calls.ts";

// An OpenAI-compatible server of fixed delays, in a process of its own. It notes for every call what it really made the
// caller wait, since timers are late on a busy machine; told "take", it hands over what it noted.
let calls: UpstreamCall[] = [];

const server = createServer(async (request, response) => {
  const arrivedAt = performance.now();
  const body = JSON.parse(await readText(request));
  if (request.url?.endsWith("/embeddings")) await sendEmbeddings(body, response, arrivedAt);
  else await sendCompletion(body, response, arrivedAt);
});
keepAlive(server);
server.listen(0, "127.0.0.1");
await once(server, "listening");

process.on("message", (message) => {
  if (message !== "take") process.exit();
  process.send?.(calls);
  calls = [];
});
process.on("disconnect", () => process.exit());
process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` });

async function until(moment: number): Promise<void> {
  const left = moment - performance.now();
  if (left > 0) await sleep(left);
}

async function readText(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
}

async function sendEmbeddings(
  { input, encoding_format }: { input: string | string[]; encoding_format?: string },
  response: ServerResponse,
  arrivedAt: number,
): Promise<void> {
  const texts = [input].flat();
  const data = texts.map((text, index) => {
    const vector = embed(text, DIMENSIONS);
    const base64 = encoding_format === "base64" ? Buffer.from(vector.buffer).toString("base64") : null;
    return { object: "embedding", index, embedding: base64 ?? [...vector] };
  });
  const usage = { prompt_tokens: texts.length, total_tokens: texts.length };
  const body = JSON.stringify({ object: "list", data, model: MODELS.embedding, usage });
  await until(arrivedAt + DELAYS.embedding);
  response.writeHead(200, { "content-type": "application/json" });
  response.end(body);
  const number = texts.length === 1 ? numberIn(texts[0] ?? "") : null;
  if (number !== null) {
    calls.push({ number, kind: "embedding", waitMs: performance.now() - arrivedAt, writingMs: 0 });
  }
}

type CompletionRequest = {
  model: string;
  messages: Array<{ content: unknown }>;
  stream?: boolean;
  stream_options?: { include_usage?: boolean };
};

async function sendCompletion(
  { model, messages, stream, stream_options }: CompletionRequest,
  response: ServerResponse,
  arrivedAt: number,
): Promise<void> {
  const number = numberIn(JSON.stringify(messages)) ?? 0;
  const kind = model === MODELS.rephrase ? "rephrase" : "answer";
  const tokens =
    kind === "answer"
      ? cutInto(answerTo(number), TOKENS.answer)
      : cutInto(rephrase(number), TOKENS.rephrased);
  const usage = {
    prompt_tokens: 1_000,
    completion_tokens: tokens.length,
    total_tokens: 1_000 + tokens.length,
  };
  const head = { id: `mock-${number}`, created: 0, model };
  if (!stream) {
    await until(arrivedAt + DELAYS.firstToken + (tokens.length - 1) * DELAYS.token);
    const message = { role: "assistant", content: tokens.join("") };
    const choices = [{ index: 0, message, finish_reason: "stop" }];
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ ...head, object: "chat.completion", choices, usage }));
    calls.push({ number, kind, waitMs: performance.now() - arrivedAt, writingMs: 0 });
    return;
  }
  const chunk = (choices: object[], more = {}) =>
    `data: ${JSON.stringify({ ...head, object: "chat.completion.chunk", choices, ...more })}\n\n`;
  let firstAt = 0;
  for (const [at, content] of tokens.entries()) {
    await until(arrivedAt + DELAYS.firstToken + at * DELAYS.token);
    if (response.destroyed) return;
    if (at === 0) response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(chunk([{ index: 0, delta: { role: "assistant", content }, finish_reason: null }]));
    if (at === 0) firstAt = performance.now();
  }
  const lastAt = performance.now();
  response.write(chunk([{ index: 0, delta: {}, finish_reason: "stop" }]));
  if (stream_options?.include_usage) response.write(chunk([], { usage }));
  response.end("data: [DONE]\n\n");
  calls.push({ number, kind, waitMs: firstAt - arrivedAt, writingMs: lastAt - firstAt });
}
