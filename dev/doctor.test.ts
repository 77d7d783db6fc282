import { createPublicKey } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createClerkKeys } from "./clerk/keys.ts";
import { clerk } from "./doctor/clerk.ts";
import { cloudflare } from "./doctor/cloudflare.ts";
import { configuration } from "./doctor/configuration.ts";
import { database } from "./doctor/database.ts";
import type { Check, Finding } from "./doctor/finding.ts";
import { models } from "./doctor/models.ts";
import { stripe } from "./doctor/stripe.ts";
import { vectorStore } from "./doctor/vector-store.ts";
import { examine } from "./doctor.ts";
import { migrate } from "./migrate.ts";
import { startModelServer } from "./model-server/start.ts";
import { startPostgres } from "./postgres/start.ts";
import { startQdrantServer } from "./qdrant/start.ts";
import { serve } from "./stripe/serve.ts";
import { startStripeServer } from "./stripe/start.ts";
import { STRIPE } from "./testing/stripe-account.ts";

type Stopped = { close(): Promise<void> };
const started: Stopped[] = [];
let healthy: Record<string, string>;
let paths: { worker: string; dashboard: string };

const WRANGLER = `
name = "ancre-api"
main = "index.ts"
compatibility_date = "2026-10-01"
r2_buckets = [{ binding = "FILES", bucket_name = "ancre-files" }]
vectorize = [{ binding = "VECTORS", index_name = "ancre-chunks" }]
[[queues.producers]]
binding = "INGEST_QUEUE"
queue = "ancre-ingest"
[[queues.consumers]]
queue = "ancre-ingest"
dead_letter_queue = "ancre-ingest-dead"
`;

const DASHBOARD = `
name = "ancre-web"
pages_build_output_dir = "build/client"
compatibility_date = "2026-10-01"
`;

const secret = { type: "secret_text", value: "" };
const pagesSecrets = { CLERK_SECRET_KEY: secret, CLERK_PUBLISHABLE_KEY: secret };

/** What the account has; tests take things away. */
const account: Record<string, unknown> = {
  "/r2/buckets/ancre-files": { name: "ancre-files" },
  "/queues": [{ queue_name: "ancre-ingest" }, { queue_name: "ancre-ingest-dead" }],
  "/vectorize/v2/indexes/ancre-chunks": { name: "ancre-chunks" },
  "/vectorize/v2/indexes/ancre-chunks/metadata_index/list": {
    metadataIndexes: [{ propertyName: "collection" }, { propertyName: "model" }],
  },
  "/pages/projects/ancre-web": {
    name: "ancre-web",
    deployment_configs: {
      preview: { env_vars: { CLERK_SECRET_KEY: secret } },
      production: { env_vars: pagesSecrets },
    },
  },
  "/workers/scripts/ancre-api/secrets": [
    "DATABASE_URL",
    "OPENAI_API_KEY",
    "CLERK_SECRET_KEY",
    "CLERK_PUBLISHABLE_KEY",
    "CLERK_JWT_KEY",
    "CLERK_AUTHORIZED_PARTIES",
    "CLERK_WEBHOOK_SECRET",
    "STRIPE_SECRET_KEY",
    "STRIPE_WEBHOOK_SECRET",
    "STRIPE_PRICE_PRO",
    "QDRANT_URL",
    "QDRANT_API_KEY",
  ].map((name) => ({ name, type: "secret_text" })),
};

async function serveAccount(request: Request): Promise<Response> {
  if (request.headers.get("Authorization") !== "Bearer cf-token") return new Response("{}", { status: 403 });
  const found = account[new URL(request.url).pathname.replace("/accounts/acc", "")];
  return Response.json(
    { success: found !== undefined, result: found ?? null },
    { status: found ? 200 : 404 },
  );
}

beforeAll(async () => {
  const webhook = { url: "http://127.0.0.1:9/api/v1/webhooks/stripe", secret: STRIPE.webhookSecret };
  const [postgres, model, stripeServer, qdrant, keys] = await Promise.all([
    startPostgres({ dataDir: null, port: 0 }),
    startModelServer({ port: 0 }),
    startStripeServer({ ...STRIPE, port: 0, stateFile: null, webhook }),
    startQdrantServer({ port: 0, apiKey: "qdrant-key" }),
    createClerkKeys(),
  ]);
  await migrate(postgres.url("postgres"), postgres.fetchEndpoint);
  const jwk = createPublicKey(keys.jwtKey).export({ format: "jwk" });
  const clerkApi = await serve(
    (request) =>
      request.headers.get("Authorization") === `Bearer ${keys.secretKey}`
        ? Response.json({ keys: [jwk] })
        : new Response("{}", { status: 401 }),
    0,
  );
  const cloudflareApi = await serve(serveAccount, 0);
  started.push(postgres, model, stripeServer, qdrant, clerkApi, cloudflareApi);
  const folder = mkdtempSync(join(tmpdir(), "ancre-doctor-"));
  paths = { worker: join(folder, "worker.toml"), dashboard: join(folder, "dashboard.toml") };
  writeFileSync(paths.worker, WRANGLER);
  writeFileSync(paths.dashboard, DASHBOARD);
  healthy = {
    ENVIRONMENT: "development",
    DATABASE_URL: postgres.url("ancre_app"),
    MIGRATION_DATABASE_URL: postgres.url("postgres"),
    NEON_FETCH_ENDPOINT: postgres.fetchEndpoint,
    OPENAI_API_KEY: "local",
    OPENAI_BASE_URL: model.url,
    VECTOR_STORE: "qdrant",
    QDRANT_URL: qdrant.url,
    QDRANT_API_KEY: "qdrant-key",
    CLERK_SECRET_KEY: keys.secretKey,
    CLERK_PUBLISHABLE_KEY: keys.publishableKey,
    CLERK_JWT_KEY: keys.jwtKey,
    CLERK_AUTHORIZED_PARTIES: "https://app.ancre.test",
    CLERK_WEBHOOK_SECRET: keys.webhookSecret,
    CLERK_API_URL: `http://127.0.0.1:${clerkApi.port}`,
    STRIPE_SECRET_KEY: STRIPE.secretKey,
    STRIPE_WEBHOOK_SECRET: STRIPE.webhookSecret,
    STRIPE_PRICE_PRO: STRIPE.price.id,
    STRIPE_API_URL: stripeServer.url,
    DASHBOARD_URL: "https://app.ancre.test",
    CLOUDFLARE_ACCOUNT_ID: "acc",
    CLOUDFLARE_API_TOKEN: "cf-token",
    CLOUDFLARE_API_URL: `http://127.0.0.1:${cloudflareApi.port}`,
  };
}, 120_000);

afterAll(() => Promise.all(started.map((server) => server.close())));

const checks = (): Check[] => [
  configuration,
  database,
  models,
  vectorStore,
  clerk,
  stripe,
  cloudflare(paths, undefined),
];

test("a deployment that has everything is well", async () => {
  const printed: string[] = [];
  const well = await examine(healthy, checks(), (text = "") => printed.push(text));
  expect(printed.join("\n")).not.toMatch(/✗|–/);
  expect(well).toBe(true);
});

test("nothing is named by its secret", async () => {
  const printed: string[] = [];
  const broken = { ...healthy, STRIPE_SECRET_KEY: "sk_test_of_somebody", QDRANT_API_KEY: "of-somebody" };
  expect(await examine(broken, checks(), (text = "") => printed.push(text))).toBe(false);
  expect(printed.join("\n")).not.toMatch(/sk_test|of-somebody|cf-token|PRIVATE|whsec_/);
});

test.each<[string, Check, Record<string, string | undefined>, RegExp]>([
  ["no database", database, { DATABASE_URL: undefined }, /missing .*DATABASE_URL/],
  ["the owner as the Worker's role", database, { DATABASE_URL: "owner" }, /wrong .*row-level security/],
  [
    "another number of dimensions",
    configuration,
    { EMBEDDING_DIMENSIONS: "7" },
    /wrong .*EMBEDDING_DIMENSIONS/,
  ],
  ["a model server that is away", models, { OPENAI_BASE_URL: "http://127.0.0.1:9/v1" }, /wrong .*onnection/],
  ["a foreign Qdrant key", vectorStore, { QDRANT_API_KEY: "other" }, /wrong .*Qdrant answered 401/],
  ["a Qdrant that is away", vectorStore, { QDRANT_URL: "http://127.0.0.1:9" }, /wrong .*didn't answer/],
  ["half of Clerk", clerk, { CLERK_WEBHOOK_SECRET: undefined }, /missing .*CLERK_WEBHOOK_SECRET/],
  ["a foreign Clerk secret", clerk, { CLERK_SECRET_KEY: "sk_test_other" }, /wrong .*Clerk answered 401/],
  ["a key that is none", clerk, { CLERK_JWT_KEY: "nonsense" }, /wrong .*no public key/],
  ["a price of nobody", stripe, { STRIPE_PRICE_PRO: "price_none" }, /wrong .*price_none/],
  [
    "a foreign Stripe key",
    stripe,
    { STRIPE_SECRET_KEY: "sk_test_other" },
    /wrong .*STRIPE_SECRET_KEY is refused/,
  ],
])("%s is found", async (_, check, changes, expected) => {
  const { MIGRATION_DATABASE_URL: owner } = healthy;
  const url = changes.DATABASE_URL === "owner" ? { DATABASE_URL: owner } : {};
  expect(told(await check.run({ ...healthy, ...changes, ...url }))).toMatch(expected);
});

test("a model that the server doesn't have, and a key that it doesn't take, are told apart", async () => {
  const error = { message: "The model `no-such-model` does not exist", code: "model_not_found" };
  const server = await serve((request) => {
    const known = request.headers.get("Authorization") === "Bearer known";
    return Response.json(
      { error: known ? error : { message: "Incorrect API key" } },
      { status: known ? 404 : 401 },
    );
  }, 0);
  started.push(server);
  const there = { OPENAI_BASE_URL: `http://127.0.0.1:${server.port}/v1`, LLM_MODEL: "no-such-model" };
  expect(told(await models.run({ ...there, OPENAI_API_KEY: "known" }))).toMatch(
    /wrong no-such-model: .*exist.*LLM_MODEL/,
  );
  expect(told(await models.run({ ...there, OPENAI_API_KEY: "other" }))).toMatch(
    /wrong OPENAI_API_KEY is refused/,
  );
});

test("a session key of another Clerk instance is found", async () => {
  const { jwtKey } = await createClerkKeys();
  expect(told(await clerk.run({ ...healthy, CLERK_JWT_KEY: jwtKey }))).toMatch(/wrong .*another instance/);
});

test.each([
  ["/r2/buckets/ancre-files", /missing bucket ancre-files: npx wrangler r2 bucket create ancre-files/],
  ["/queues", /missing queue ancre-ingest-dead: npx wrangler queues create ancre-ingest-dead/],
  ["/vectorize/v2/indexes/ancre-chunks", /missing Vectorize index ancre-chunks/],
  ["/workers/scripts/ancre-api/secrets", /missing Worker ancre-api/],
  [
    "/pages/projects/ancre-web",
    /missing Pages project ancre-web: npx wrangler pages project create ancre-web/,
  ],
])("what the account lacks is found, with the command that makes it: %s", async (path, expected) => {
  const { [path]: taken } = account;
  delete account[path];
  try {
    expect(told(await cloudflare(paths, undefined).run(healthy))).toMatch(expected);
  } finally {
    account[path] = taken;
  }
});

test("migrations that are not applied are counted", async () => {
  const empty = await startPostgres({ dataDir: null, port: 0 });
  try {
    const url = empty.url("postgres");
    const there = {
      DATABASE_URL: url,
      MIGRATION_DATABASE_URL: url,
      NEON_FETCH_ENDPOINT: empty.fetchEndpoint,
    };
    expect(told(await database.run(there))).toMatch(/missing \d+ migration\(s\)/);
  } finally {
    await empty.close();
  }
});

function told(findings: Finding[]): string {
  return findings.map(({ state, what, remedy }) => `${state} ${what}: ${remedy ?? ""}`).join("\n");
}

test("a secret that the dashboard lacks is found where the environment has it", async () => {
  const staging = `${WRANGLER}
[env.staging]
name = "ancre-api"
`;
  const worker = join(mkdtempSync(join(tmpdir(), "ancre-doctor-")), "wrangler.toml");
  writeFileSync(worker, staging);
  expect(told(await cloudflare({ ...paths, worker }, "staging").run(healthy))).toMatch(
    /missing secret CLERK_PUBLISHABLE_KEY of Pages project ancre-web: .* --project-name ancre-web --env preview/,
  );
});
