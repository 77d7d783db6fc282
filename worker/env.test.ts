import { env } from "cloudflare:workers";
import { expect, test, vi } from "vitest";
import { createClerkIdentity } from "./adapters/clerk/identity.ts";
import { createDevIdentity } from "./adapters/identity/dev.ts";
import { ConfigurationError, parseEnv } from "./env.ts";
import worker from "./index.ts";
import { createTenant, sessionToken, uniqueId, withApiKey } from "./test/harness.ts";

const RAW = env as unknown as Record<string, unknown>;

const LOCAL = [
  "DEV_AUTH_BYPASS",
  "NEON_FETCH_ENDPOINT",
  "OPENAI_BASE_URL",
  "STRIPE_API_URL",
  "DNS_RESOLVER_URL",
  "DEV_IMPORT_HOSTS",
];

/** The configuration of the tests, without what exists on a developer's machine alone. */
const PRODUCTION = {
  ...Object.fromEntries(Object.entries(RAW).filter(([name]) => !LOCAL.includes(name))),
  ENVIRONMENT: "production",
  CLERK_SECRET_KEY: "sk_live_example",
  CLERK_PUBLISHABLE_KEY: "pk_live_example",
  STRIPE_SECRET_KEY: "sk_live_example",
};

function without(...names: string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(PRODUCTION).filter(([name]) => !names.includes(name)));
}

function ask(raw: Record<string, unknown>, path: string, headers: Record<string, string> = {}) {
  const execution = { waitUntil() {}, passThroughOnException() {} } as unknown as ExecutionContext;
  return worker.fetch(new Request(`http://ancre.test${path}`, { headers }) as never, raw, execution);
}

function refusal(raw: Record<string, unknown>): string {
  try {
    parseEnv(raw);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  return "it starts";
}

test.each(["production", "staging"])(
  "the dev identity is refused in %s, with a message that names it",
  (name) => {
    for (const raw of [RAW, PRODUCTION]) {
      const message = refusal({ ...raw, ENVIRONMENT: name, DEV_AUTH_BYPASS: "true" });
      expect(message).toMatch(/^Ancre can't start: .*DEV_AUTH_BYPASS.*ENVIRONMENT=development/);
    }
    expect(() => createDevIdentity(name)).toThrow(/development only/);
  },
);

test("a whole production configuration starts, and one without the parts that may be left out", () => {
  expect(refusal(PRODUCTION)).toBe("it starts");
  expect(refusal({ ...PRODUCTION, ENVIRONMENT: "staging", DEV_AUTH_BYPASS: "false" })).toBe("it starts");
  const stripe = ["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "STRIPE_PRICE_PRO", "DASHBOARD_URL"];
  expect(refusal(without(...stripe))).toBe("it starts");
  const CLERK_AUTHORIZED_PARTIES = "https://app.ancre.test, https://ancre.test";
  expect(parseEnv({ ...PRODUCTION, CLERK_AUTHORIZED_PARTIES })).toMatchObject({
    DEV_AUTH_BYPASS: "false",
    CLERK_AUTHORIZED_PARTIES: ["https://app.ancre.test", "https://ancre.test"],
  });
});

const CLERK = [
  "CLERK_SECRET_KEY",
  "CLERK_PUBLISHABLE_KEY",
  "CLERK_JWT_KEY",
  "CLERK_AUTHORIZED_PARTIES",
  "CLERK_WEBHOOK_SECRET",
];

test.each<[string, Record<string, unknown>, RegExp]>([
  ["without Clerk", without(...CLERK), /CLERK_SECRET_KEY, .*CLERK_WEBHOOK_SECRET: missing/],
  ...CLERK.map((name): [string, Record<string, unknown>, RegExp] => [
    `without ${name}`,
    without(name),
    new RegExp(`: ${name}: missing`),
  ]),
  ["with no authorized party", { ...PRODUCTION, CLERK_AUTHORIZED_PARTIES: "" }, /CLERK_AUTHORIZED_PARTIES/],
  [
    "with a blank one",
    { ...PRODUCTION, CLERK_AUTHORIZED_PARTIES: " , " },
    /CLERK_AUTHORIZED_PARTIES: names no/,
  ],
  ["with half of Stripe", without("STRIPE_WEBHOOK_SECRET"), /: STRIPE_WEBHOOK_SECRET: missing; billing/],
  [
    "with Stripe's key alone",
    without("STRIPE_WEBHOOK_SECRET", "STRIPE_PRICE_PRO", "DASHBOARD_URL"),
    /STRIPE_WEBHOOK_SECRET, STRIPE_PRICE_PRO, DASHBOARD_URL: missing/,
  ],
  ["without Stripe's key", without("STRIPE_SECRET_KEY"), /: STRIPE_SECRET_KEY: missing; billing/],
  ["with Stripe's stand-in", { ...PRODUCTION, STRIPE_API_URL: "http://127.0.0.1:1" }, /STRIPE_API_URL/],
  ["of an unknown environment", { ...PRODUCTION, ENVIRONMENT: "prod" }, /ENVIRONMENT/],
  ["with Stripe's test key", { ...PRODUCTION, STRIPE_SECRET_KEY: "sk_test_x" }, /STRIPE_SECRET_KEY: a test/],
  ["with Clerk's test key", { ...PRODUCTION, CLERK_SECRET_KEY: "sk_test_x" }, /CLERK_SECRET_KEY: a test/],
  ["with a local database", { ...PRODUCTION, NEON_FETCH_ENDPOINT: "http://127.0.0.1:1" }, /NEON_FETCH/],
  [
    "with private hosts to import from",
    { ...PRODUCTION, DEV_IMPORT_HOSTS: "127.0.0.1:80" },
    /DEV_IMPORT_HOSTS/,
  ],
  [
    "with a resolver over http",
    { ...PRODUCTION, DNS_RESOLVER_URL: "http://dns.example/" },
    /DNS_RESOLVER_URL/,
  ],
  ["with a blank webhook secret", { ...PRODUCTION, STRIPE_WEBHOOK_SECRET: " " }, /STRIPE_WEBHOOK_SECRET/],
  ["with a bare webhook secret", { ...PRODUCTION, CLERK_WEBHOOK_SECRET: "whsec_" }, /CLERK_WEBHOOK_SECRET/],
  ["with a blank key", { ...PRODUCTION, OPENAI_API_KEY: " " }, /OPENAI_API_KEY/],
  ["for any party", { ...PRODUCTION, CLERK_AUTHORIZED_PARTIES: "*" }, /CLERK_AUTHORIZED_PARTIES/],
])("a production configuration %s doesn't start", (_, raw, message) => {
  expect(refusal(raw)).toMatch(message);
  expect(refusal(raw)).toMatch(/^Ancre can't start: /);
});

const QDRANT = {
  ...PRODUCTION,
  VECTOR_STORE: "qdrant",
  QDRANT_URL: "https://x.cloud.qdrant.io:6333",
  QDRANT_API_KEY: "key",
};
const VECTORIZE = { ...PRODUCTION, VECTOR_STORE: "vectorize", VECTORS: {} };

test("each vector store starts with what it needs", () => {
  expect(refusal(QDRANT)).toBe("it starts");
  expect(refusal({ ...QDRANT, VECTOR_STORE: "pgvector" })).toBe("it starts");
  const local = { ...RAW, VECTOR_STORE: "qdrant", QDRANT_URL: "http://127.0.0.1:6333" };
  expect(refusal(local)).toBe("it starts");
  expect(refusal(VECTORIZE)).toBe("it starts");
  expect(parseEnv(VECTORIZE).VECTORS).toBe(VECTORIZE.VECTORS);
  expect(refusal({ ...PRODUCTION, EMBEDDING_DIMENSIONS: "3072" })).toBe("it starts");
});

test.each<[string, Record<string, unknown>, string]>([
  ["an unknown one", { ...PRODUCTION, VECTOR_STORE: "pinecone" }, "VECTOR_STORE: "],
  [
    "Qdrant nowhere",
    { ...QDRANT, QDRANT_URL: undefined },
    "QDRANT_URL: missing; VECTOR_STORE=qdrant needs it",
  ],
  ["Qdrant at no address", { ...QDRANT, QDRANT_URL: "x.cloud.qdrant.io" }, "QDRANT_URL: "],
  ["Qdrant open to all", { ...QDRANT, QDRANT_API_KEY: undefined }, "QDRANT_API_KEY: missing"],
  ["Qdrant in the clear", { ...QDRANT, QDRANT_URL: "http://x.cloud.qdrant.io" }, "QDRANT_URL: isn't https"],
  [
    "Vectorize without its binding",
    { ...VECTORIZE, VECTORS: undefined },
    "VECTORS: binding is missing; VECTOR_STORE=vectorize needs it",
  ],
  [
    "Vectorize with too many dimensions",
    { ...VECTORIZE, EMBEDDING_DIMENSIONS: "3072" },
    "EMBEDDING_DIMENSIONS: 3072, of which VECTOR_STORE=vectorize holds 1536 at most",
  ],
])("a vector store that can't work is refused: %s", (_, raw, message) => {
  expect(refusal(raw)).toContain(`Ancre can't start: ${message}`);
});

test("Clerk can't be listened to without an authorized party", () => {
  const keys = { secretKey: "sk", publishableKey: "pk_live_example", jwtKey: "key" };
  expect(() => createClerkIdentity({ ...keys, authorizedParties: [] })).toThrow(/authorized party/);
});

test("a production Worker with the bypass on lets nobody in, and its log says why", async () => {
  const misconfigured = { ...RAW, ENVIRONMENT: "production" };
  const { key } = await withApiKey(await createTenant(), { scopes: ["read"] });
  const token = await sessionToken({ user: uniqueId("user") });
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  try {
    for (const headers of [
      undefined,
      { Authorization: `Bearer ${token}` },
      { Authorization: `Bearer ${key}` },
    ]) {
      for (const path of ["/api/v1/usage", "/api/v1/tenants", "/health"]) {
        const response = await ask(misconfigured, path, headers);
        expect(response.status).toBe(500);
        expect(response.headers.get("content-type")).toBe("application/problem+json");
        expect(await response.json()).toEqual({
          type: "urn:ancre:problem:configuration",
          title: "Ancre is not configured",
          status: 500,
        });
      }
    }
    expect(log).toHaveBeenCalledTimes(9);
    expect(JSON.parse(String(log.mock.calls[0]?.[0]))).toEqual({
      event: "configuration",
      error: refusal(misconfigured),
    });
  } finally {
    log.mockRestore();
  }
});

test("without the bypass nobody is signed in", async () => {
  const response = await ask({ ...RAW, DEV_AUTH_BYPASS: "false" }, "/api/v1/usage");
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ code: "unauthenticated" });
});

test("everything that is missing is named at once", () => {
  const { DATABASE_URL: _url, FILES: _files, ...rest } = RAW;
  expect(refusal({ ...rest, EMBEDDING_DIMENSIONS: "many" })).toMatch(
    /DATABASE_URL.*EMBEDDING_DIMENSIONS.*FILES: binding is missing/,
  );
});
