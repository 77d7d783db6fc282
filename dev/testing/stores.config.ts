import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { readRealStores } from "./real-stores.ts";

/** `npm run test:stores`: the contract of vector stores against real servers, as far as the environment names them. */
// biome-ignore lint/style/noDefaultExport: Vitest takes its configuration from there.
export default defineConfig({
  root: join(import.meta.dirname, "../.."),
  test: {
    include: ["worker/test/real-stores.check.ts"],
    provide: { realStores: readRealStores(process.env) },
    reporters: ["verbose"],
    testTimeout: 1_200_000,
    hookTimeout: 600_000,
  },
});
