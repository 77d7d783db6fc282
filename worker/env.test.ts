import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { createDevIdentity } from "./adapters/identity/dev.ts";
import { ConfigurationError, parseEnv } from "./env.ts";
import worker from "./index.ts";

const RAW = env as unknown as Record<string, unknown>;

test.each(["production", "staging"])(
  "the dev identity is refused in %s, with a message that names it",
  (name) => {
    expect(() => parseEnv({ ...RAW, ENVIRONMENT: name })).toThrow(/DEV_AUTH_BYPASS.*ENVIRONMENT=development/);
    expect(() => createDevIdentity(name)).toThrow(/development only/);
  },
);

test("a Worker that is configured so answers nothing but a problem without details", async () => {
  const misconfigured = { ...RAW, ENVIRONMENT: "production" };
  const execution = { waitUntil() {}, passThroughOnException() {} } as unknown as ExecutionContext;
  const response = await worker.fetch(
    new Request("http://ancre.test/api/v1/usage") as never,
    misconfigured,
    execution,
  );
  expect(response.status).toBe(500);
  expect(await response.text()).not.toMatch(/DEV_AUTH_BYPASS|postgres/);
});

test("without the bypass nobody is signed in", async () => {
  const closed = { ...RAW, DEV_AUTH_BYPASS: "false" };
  const execution = { waitUntil() {}, passThroughOnException() {} } as unknown as ExecutionContext;
  const response = await worker.fetch(
    new Request("http://ancre.test/api/v1/usage") as never,
    closed,
    execution,
  );
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ code: "unauthenticated" });
});

test("everything that is missing is named at once", () => {
  const { DATABASE_URL: _url, FILES: _files, ...rest } = RAW;
  expect(() => parseEnv({ ...rest, EMBEDDING_DIMENSIONS: "many" })).toThrow(ConfigurationError);
  expect(() => parseEnv({ ...rest, EMBEDDING_DIMENSIONS: "many" })).toThrow(
    /DATABASE_URL.*EMBEDDING_DIMENSIONS.*FILES: binding is missing/,
  );
});
