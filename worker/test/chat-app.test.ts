import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { createApp } from "../app.ts";
import { createChatApp } from "../chat-app.ts";
import { parseEnv } from "../env.ts";
import { wire } from "../wiring.ts";
import { createTenant } from "./harness.ts";

const wiring = wire(parseEnv(env as never));
const ID = "0b8a4a4e-6f0b-4c49-9f7e-0d6a0b6f3f8e";
const JSON_TYPE = "application/json";

/** What the Worker's questions are answered by, and the routes that the OpenAPI document is made from. */
const APPS = { chat: createChatApp(wiring), documented: createApp(wiring) };

let tenantId: string;
beforeAll(async () => {
  tenantId = (await createTenant()).id;
});

type Sent = { assistant?: string; type?: string; body?: string; headers?: Record<string, string> };

async function problemOf(app: keyof typeof APPS, path: string, { assistant = ID, ...sent }: Sent) {
  const request = new Request(`http://ancre.test/api/v1/chat/${assistant}${path}`, {
    method: "POST",
    headers: {
      "X-Tenant-Id": tenantId,
      ...(sent.type ? { "Content-Type": sent.type } : {}),
      ...sent.headers,
    },
    // A text would bring a Content-Type of its own.
    body: sent.body === undefined ? undefined : new TextEncoder().encode(sent.body),
  });
  const response = await APPS[app].fetch(request, env, createExecutionContext());
  const { request_id: _, ...problem } = (await response.json()) as Record<string, unknown>;
  return { status: response.status, type: response.headers.get("Content-Type"), problem };
}

const question = (fields: Record<string, unknown> = {}) => JSON.stringify({ message: "Why?", ...fields });

test.for<[string, number, Sent]>([
  ["a question of nobody's assistant", 404, { type: JSON_TYPE, body: question() }],
  ["a type in other letters", 404, { type: "Application/JSON; charset=utf-8", body: question() }],
  ["a type on JSON's terms", 422, { type: "application/problem+json", body: question({ message: 7 }) }],
  ["no body", 422, {}],
  ["a type without a body", 400, { type: JSON_TYPE, body: "" }],
  ["a body without a type", 415, { body: question() }],
  ["text", 415, { type: "text/plain", body: question() }],
  ["a form", 415, { type: "multipart/form-data; boundary=x", body: "--x--" }],
  ["half of a body", 400, { type: JSON_TYPE, body: '{"message"' }],
  ["a list", 422, { type: JSON_TYPE, body: "[]" }],
  ["an empty question", 422, { type: JSON_TYPE, body: question({ message: " " }) }],
  ["a question without end", 422, { type: JSON_TYPE, body: question({ message: "x".repeat(4_001) }) }],
  ["half of a character", 422, { type: JSON_TYPE, body: question({ message: "\ud83d" }) }],
  ["a conversation that is none", 422, { type: JSON_TYPE, body: question({ conversation_id: "it" }) }],
  ["what is revised in no conversation", 422, { type: JSON_TYPE, body: question({ revises: ID }) }],
  ["an assistant that is none", 422, { assistant: "it", type: JSON_TYPE, body: question() }],
])("%s: the same answer as documented", async ([, status, sent]) => {
  for (const path of ["", "/stream"]) {
    const answered = await problemOf("chat", path, sent);
    expect(answered).toEqual(await problemOf("documented", path, sent));
    expect(answered).toMatchObject({ status, type: "application/problem+json" });
  }
});

test.for<[string, Sent]>([
  ["a turn that is no UUID", { body: question({ turn_id: "it" }) }],
  ["an event of no turn", { body: question(), headers: { "Last-Event-ID": "2.132.1" } }],
  ["no id of an event", { body: question({ turn_id: ID }), headers: { "Last-Event-ID": "it" } }],
])("%s: the same answer of a stream as documented", async ([, sent]) => {
  const answered = await problemOf("chat", "/stream", { type: JSON_TYPE, ...sent });
  expect(answered).toEqual(await problemOf("documented", "/stream", { type: JSON_TYPE, ...sent }));
  expect(answered).toMatchObject({ status: 422 });
});
