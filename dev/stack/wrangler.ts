import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** What `wrangler.toml` calls the Worker that runs locally. */
export const LOCAL_WORKER = "ancre-api-local";

/** wrangler's script, for `startChild`. */
export function wranglerScript(): string {
  return join(dirname(createRequire(import.meta.url).resolve("wrangler/package.json")), "bin/wrangler.js");
}

/** A quiet wrangler that finds the other Workers of this stack, and those of no other one. */
export function wranglerEnvironment(stateDir: string): Record<string, string | undefined> {
  return {
    ...process.env,
    WRANGLER_REGISTRY_PATH: join(stateDir, "registry"),
    WRANGLER_SEND_METRICS: "false",
    CLOUDFLARE_CF_FETCH_ENABLED: "false",
    NO_COLOR: "1",
  };
}
