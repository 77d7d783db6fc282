import { afterAll, beforeAll, expect, test } from "vitest";
import { type Stack, startStack } from "./stack.ts";

/** The Worker as it is built, in workerd. `ask.test.ts` has it read a document and answer. */
let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ ports: "free", dataDir: null, web: false });
});
afterAll(() => stack?.close());

test("with what is left of zod it describes its API", async () => {
  const answer = await fetch(`${stack.apiUrl}/api/v1/openapi.json`);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({
    paths: {
      "/api/v1/chat/{assistant_id}": {
        post: {
          requestBody: {
            required: true,
            content: { "application/json": { schema: { $ref: "#/components/schemas/ChatInput" } } },
          },
        },
      },
    },
    components: {
      schemas: {
        ChatInput: {
          type: "object",
          properties: {
            message: { type: "string", minLength: 1, maxLength: 4_000 },
            conversation_id: { type: "string", format: "uuid" },
            revises: { description: expect.stringContaining("in the place of") },
          },
          required: ["message"],
        },
      },
    },
  });
});

test("and says in words what isn't valid, in questions and elsewhere", async () => {
  const send = async (path: string, body: unknown) => {
    const answer = await fetch(`${stack.apiUrl}/api/v1${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    return answer.json();
  };
  const question = { message: "", conversation_id: "none" };
  expect(await send(`/chat/${crypto.randomUUID()}`, question)).toMatchObject({
    status: 422,
    errors: [
      { path: "message", message: "Too small: expected string to have >=1 characters" },
      { path: "conversation_id", message: "Invalid UUID" },
    ],
  });
  expect(await send("/tenants", { name: 7 })).toMatchObject({
    status: 422,
    errors: [{ path: "name", message: "Invalid input: expected string, received number" }],
  });
});
