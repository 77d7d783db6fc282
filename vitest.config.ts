import { availableParallelism } from "node:os";
import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { takeDatabase } from "./dev/testing/databases.ts";
import { STRIPE } from "./dev/testing/stripe-account.ts";

/** A test waits more than it works: two at a time pay on two cores. More than four would mostly take memory, 2 GB each. */
const maxWorkers = Math.min(4, Math.max(2, availableParallelism() - 1));

/** Node runs what never reaches the Worker; everything else is tested where it runs, in workerd. */
export default defineConfig({
  test: {
    maxWorkers,
    // A line a request and message, as it should be; tests that read them do so themselves.
    onConsoleLog: (text) => !/^\{"event":"(request|[a-z]+\.message)"/.test(text),
    // At the root, because the workerd project would resolve the stand-ins' packages for browsers.
    globalSetup: ["./dev/testing/global-setup.ts"],
    // Every request leaves a line; those of a test that failed are shown.
    silent: "passed-only",
    projects: [
      {
        plugins: [
          cloudflareTest(async ({ inject }) => ({
            main: "./worker/index.ts",
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: {
              bindings: {
                ENVIRONMENT: "development",
                DEV_AUTH_BYPASS: "true",
                // Its own for each workerd, since a sweep takes up what is due whoever left it.
                ...(await takeDatabase(inject("databasesUrl"))),
                OPENAI_API_KEY: "local",
                OPENAI_BASE_URL: inject("modelUrl"),
                CLERK_SECRET_KEY: inject("clerk").secretKey,
                CLERK_PUBLISHABLE_KEY: inject("clerk").publishableKey,
                CLERK_JWT_KEY: inject("clerk").jwtKey,
                CLERK_AUTHORIZED_PARTIES: "https://app.ancre.test",
                CLERK_WEBHOOK_SECRET: inject("clerk").webhookSecret,
                CLERK_PRIVATE_KEY: inject("clerk").privateKey,
                STRIPE_SECRET_KEY: STRIPE.secretKey,
                STRIPE_WEBHOOK_SECRET: STRIPE.webhookSecret,
                STRIPE_PRICE_PRO: STRIPE.price.id,
                STRIPE_API_URL: inject("stripeUrl"),
                DASHBOARD_URL: "https://app.ancre.test",
                DNS_RESOLVER_URL: `${inject("sites").home}/dns-query`,
                DEV_IMPORT_HOSTS: Object.values(inject("sites"))
                  .map((url) => new URL(url).host)
                  .join(","),
              },
              // The real ones would stop a suite that sends everything as one person.
              ratelimits: {
                API_RATE_LIMIT: { namespace_id: "9001", simple: { limit: 1_000_000, period: 60 } },
                MODEL_RATE_LIMIT: { namespace_id: "9002", simple: { limit: 1_000_000, period: 60 } },
                TIGHT_RATE_LIMIT: { namespace_id: "9003", simple: { limit: 3, period: 60 } },
              },
            },
          })),
        ],
        // Vite would name every source file that the SDKs' source maps mention and don't ship.
        logLevel: "error",
        test: {
          name: "workerd",
          include: ["worker/**/*.test.ts"],
          setupFiles: ["./worker/test/load-lazy-modules.ts"],
          // Every test makes a tenant of its own, so files can share one worker and its start-up.
          isolate: false,
          // A worker's second file would get all cached modules in one message, larger than a WebSocket of workerd takes.
          fsModuleCache: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "node",
          include: ["dev/**/*.test.ts", "bench/**/*.test.ts", "web/app/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "browser",
          include: ["web/e2e/**/*.test.ts"],
          globalSetup: ["./web/e2e/global-setup.ts"],
          // One browser and one page at a time: two would wait for each other on a small machine.
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
