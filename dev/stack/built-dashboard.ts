import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../local-config.ts";
import { type Child, startChild } from "./child.ts";
import { LOCAL_WORKER, wranglerEnvironment, wranglerScript } from "./wrangler.ts";

const FOLDER = join(ROOT, "web");
const CLIENT = join(FOLDER, "build/client");
const FUNCTIONS = join(FOLDER, "build/functions");

/** Builds the dashboard and its functions as a release does. Throws what the build said when it fails. */
export async function buildDashboard(): Promise<void> {
  const remix = createRequire(join(FOLDER, "package.json")).resolve("@remix-run/dev/package.json");
  await run(join(dirname(remix), "dist/cli.js"), "vite:build");
  await run(wranglerScript(), "pages", "functions", "build", "--outdir", FUNCTIONS);
}

async function run(...command: string[]): Promise<void> {
  const environment = { ...wranglerEnvironment(FOLDER), NODE_ENV: "production" };
  await promisify(execFile)(process.execPath, command, { cwd: FOLDER, env: environment });
}

export type BuiltDashboardOptions = {
  port: number;
  /** Holds wrangler's state, and the registry in which the local Worker is found */
  stateDir: string;
  verbose: boolean;
};

/**
 * Serves what `buildDashboard` made the way Pages does: functions in workerd bound to the local Worker, files beside
 * them. Not with `wrangler pages dev`, which bundles all of it twice more and reads the bundles over and over.
 */
export function startBuiltDashboard({ port, stateDir, verbose }: BuiltDashboardOptions): Child {
  const config = join(stateDir, "dashboard/wrangler.json");
  mkdirSync(dirname(config), { recursive: true });
  writeFileSync(config, JSON.stringify(workerConfig()));
  return startChild({
    name: "dashboard",
    command: [
      wranglerScript(),
      ...["dev", "--config", config, "--port", String(port), "--ip", "127.0.0.1", "--inspector-port", "0"],
      ...["--log-level", verbose ? "log" : "warn", "--show-interactive-dev-session", "false"],
    ],
    cwd: dirname(config),
    environment: wranglerEnvironment(stateDir),
    shows: (line) => verbose || /\b(warn(ing)?|error|failed)\b/i.test(line),
  });
}

/** The Pages project as a Worker: its functions answer but for what `_routes.json` leaves out. */
function workerConfig() {
  const project = readFileSync(join(FOLDER, "wrangler.toml"), "utf8");
  const [, date] = /^compatibility_date = "([\d-]+)"$/m.exec(project) ?? [];
  const { include, exclude } = JSON.parse(readFileSync(join(CLIENT, "_routes.json"), "utf8")) as {
    include: string[];
    exclude: string[];
  };
  return {
    name: "ancre-web-local",
    main: join(FUNCTIONS, "index.js"),
    no_bundle: true,
    compatibility_date: date,
    assets: {
      directory: CLIENT,
      binding: "ASSETS",
      run_worker_first: [...include, ...exclude.map((path) => `!${path}`)],
    },
    services: [{ binding: "API", service: LOCAL_WORKER }],
  };
}
