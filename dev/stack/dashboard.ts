import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { ROOT } from "../local-config.ts";
import { type Child, startChild } from "./child.ts";

const FOLDER = join(ROOT, "web");

export type DashboardOptions = { port: number; apiUrl: string; verbose: boolean };

/** Starts the dashboard under Remix's Vite server; null when there is none to start. */
export function startDashboard({ port, apiUrl, verbose }: DashboardOptions): Child | null {
  if (!existsSync(join(FOLDER, "vite.config.ts"))) return null;
  const manifest = createRequire(join(FOLDER, "package.json")).resolve("@remix-run/dev/package.json");
  return startChild({
    name: "dashboard",
    command: [
      join(dirname(manifest), "dist/cli.js"),
      "vite:dev",
      "--host",
      "127.0.0.1",
      "--port",
      String(port),
      "--strictPort",
    ],
    cwd: FOLDER,
    environment: { ...process.env, ANCRE_API_URL: apiUrl, NO_COLOR: "1" },
    shows: (line) => verbose || /\b(warn(ing)?|error|failed)\b/i.test(line),
  });
}
