import OpenAI, { APIError } from "openai";
import { afterAll, beforeAll, expect, test } from "vitest";
import { embed } from "./embedder.ts";
import { CHAT_MODEL, EMBEDDING_MODEL } from "./models.ts";
import { type ModelServer, startModelServer } from "./start.ts";

let server: ModelServer;
let slow: ModelServer;
let openai: OpenAI;

const QUESTION = [
  {
    role: "system" as const,
    content: `Answer in English.\n<passages boundary="b1">\n--- b1 ---\n[1] tower.txt\nThe tower is 324 metres tall. It was finished in 1889.\n</passages b1>`,
  },
  { role: "user" as const, content: "How tall is the tower?" },
];
const ANSWER = "The tower is 324 metres tall. [1]";

beforeAll(async () => {
  server = await startModelServer({ port: 0 });
  slow = await startModelServer({ port: 0, delayMs: 40 });
  openai = new OpenAI({ apiKey: "none", baseURL: server.url, maxRetries: 0 });
});

afterAll(() => Promise.all([server.close(), slow.close()]));

async function failure(promise: Promise<unknown>): Promise<APIError> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof APIError)) throw new Error(`expected an APIError, got ${error}`);
  return error;
}

async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of stream) items.push(item);
  return items;
}

test("embeddings come in order, as floats and as base64 alike", async () => {
  const request = { model: "text-embedding-3-small", input: ["un", "deux mots", "trois"], dimensions: 256 };
  const base64 = await openai.embeddings.create(request);
  const floats = await openai.embeddings.create({ ...request, encoding_format: "float" });
  expect(base64.data.map((item) => item.index)).toEqual([0, 1, 2]);
  expect(base64.data.map((item) => item.embedding)).toEqual(floats.data.map((item) => item.embedding));
  expect(floats.data[1]?.embedding).toEqual([...embed("deux mots", 256)]);
  expect(base64.model).toBe(EMBEDDING_MODEL);
  expect(base64.usage.prompt_tokens).toBeGreaterThan(0);
});

test("a vector has 1536 numbers unless asked otherwise", async () => {
  const { data } = await openai.embeddings.create({ model: "any", input: "texte" });
  expect(data[0]?.embedding).toHaveLength(1536);
});

test("embeddings are refused as OpenAI refuses them", async () => {
  const create = (input: string | string[] | number[], more = {}) =>
    failure(openai.embeddings.create({ model: "any", input, ...more }));
  expect(await create(["a", ""])).toMatchObject({
    status: 400,
    param: "input",
    type: "invalid_request_error",
  });
  expect(await create([])).toMatchObject({ status: 400, param: "input" });
  expect(await create(Array.from({ length: 2049 }, () => "a"))).toMatchObject({ status: 400 });
  expect((await create([1, 2, 3])).message).toContain("token arrays");
  expect(await create("a", { dimensions: 0 })).toMatchObject({ status: 400, param: "dimensions" });
  expect(await create("mot ".repeat(10_000))).toMatchObject({ status: 400, code: "context_length_exceeded" });
});

test("a whole answer carries its usage and says who answered", async () => {
  const reply = await openai.chat.completions.create({ model: "gpt-4o-mini", messages: QUESTION });
  expect(reply.choices[0]).toMatchObject({
    finish_reason: "stop",
    message: { role: "assistant", content: ANSWER },
  });
  expect(reply.model).toBe(CHAT_MODEL);
  expect(reply.system_fingerprint).toContain("no-neural-network");
  expect(reply.usage?.total_tokens).toBeGreaterThan(reply.usage?.completion_tokens ?? 0);
});

test("a streamed answer comes in small pieces, then its usage with no choice", async () => {
  const stream = await openai.chat.completions.create({
    model: "gpt-4o-mini",
    messages: QUESTION,
    stream: true,
    stream_options: { include_usage: true },
  });
  const chunks = await collect(stream);
  const pieces = chunks.map((chunk) => chunk.choices[0]?.delta.content ?? "");
  expect(pieces.join("")).toBe(ANSWER);
  expect(pieces.filter((piece) => piece !== "").length).toBeGreaterThan(5);
  expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe("stop");
  expect(chunks.at(-1)).toMatchObject({
    choices: [],
    usage: { completion_tokens: pieces.filter(Boolean).length },
  });
});

test("without stream_options no chunk carries usage", async () => {
  const stream = await openai.chat.completions.create({ model: "m", messages: QUESTION, stream: true });
  const chunks = await collect(stream);
  expect(chunks.every((chunk) => chunk.choices.length === 1 && chunk.usage === undefined)).toBe(true);
});

test("an answer is cut at max_completion_tokens", async () => {
  const reply = await openai.chat.completions.create({
    model: "m",
    messages: QUESTION,
    max_completion_tokens: 2,
  });
  expect(reply.choices[0]?.finish_reason).toBe("length");
  expect(reply.usage?.completion_tokens).toBe(2);
});

test("a client that leaves stops the stream, and the server goes on", async () => {
  const client = new OpenAI({ apiKey: "none", baseURL: slow.url, maxRetries: 0 });
  const abort = new AbortController();
  const stream = await client.chat.completions.create(
    { model: "m", messages: QUESTION, stream: true },
    { signal: abort.signal },
  );
  let seen = 0;
  for await (const _ of stream) if (++seen === 2) abort.abort();
  expect(seen).toBe(2);
  expect((await client.models.list()).data).toHaveLength(2);
});

test("chat errors have OpenAI's shape", async () => {
  const create = (more: object) =>
    failure(openai.chat.completions.create({ model: "m", messages: QUESTION, ...more }) as Promise<unknown>);
  expect(await create({ messages: [] })).toMatchObject({ status: 400, param: "messages" });
  expect(await create({ model: "" })).toMatchObject({ status: 400, param: "model" });
  expect(await create({ n: 2 })).toMatchObject({ status: 400, param: "n" });
  expect(await create({ messages: [{ role: "user", content: [{ type: "image_url" }] }] })).toMatchObject({
    status: 400,
  });
  const unknown = await fetch(`${server.url}/responses`, { method: "POST", body: "{}" });
  expect(unknown.status).toBe(404);
  expect(await unknown.json()).toMatchObject({
    error: { code: "unknown_url", type: "invalid_request_error" },
  });
});

test("it says what it is", async () => {
  expect((await openai.models.list()).data.map((model) => model.id)).toEqual([EMBEDDING_MODEL, CHAT_MODEL]);
  const about = await (await fetch(new URL("/", server.url))).text();
  expect(about).toContain("without a neural network");
});
