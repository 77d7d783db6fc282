import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

/** Node runs what never reaches the Worker; everything else is tested where it runs, in workerd. */
export default defineConfig({
  test: {
    // At the root, because the workerd project would resolve the stand-ins' packages for browsers.
    globalSetup: ["./dev/testing/global-setup.ts"],
    projects: [
      {
        plugins: [
          cloudflareTest(({ inject }) => ({
            main: "./worker/index.ts",
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: {
              bindings: {
                ENVIRONMENT: "development",
                DEV_AUTH_BYPASS: "true",
                DATABASE_URL: inject("databaseUrl"),
                OWNER_DATABASE_URL: inject("ownerDatabaseUrl"),
                NEON_FETCH_ENDPOINT: inject("fetchEndpoint"),
                OPENAI_API_KEY: "local",
                OPENAI_BASE_URL: inject("modelUrl"),
              },
            },
          })),
        ],
        test: {
          name: "workerd",
          include: ["worker/**/*.test.ts"],
          // Every test makes a tenant of its own, so files can share one worker and its start-up.
          isolate: false,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "node",
          include: ["dev/**/*.test.ts", "bench/**/*.test.ts", "web/**/*.test.ts"],
          testTimeout: 60_000,
        },
      },
    ],
  },
});
