import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import type { Metafile } from "esbuild";
import { ROOT } from "./local-config.ts";

const ENTRY = "worker/index.ts";

type Outputs = Metafile["outputs"];

/** The module that starts with a source, among what was built. */
export function moduleOf({ outputs }: Metafile, source: string): string {
  const found = Object.keys(outputs).find((path) => outputs[path]?.entryPoint === source);
  if (!found) throw new Error(`${source} begins no module`);
  return found;
}

/** A module and all that is loaded with it; what it imports dynamically is loaded when it is used. */
export function loadedWith({ outputs }: Metafile, module: string, seen = new Set<string>()): Set<string> {
  if (seen.has(module)) return seen;
  seen.add(module);
  for (const { path, kind } of outputs[module]?.imports ?? []) {
    if (kind === "import-statement" && outputs[path]) loadedWith({ outputs } as Metafile, path, seen);
  }
  return seen;
}

/** Bytes of modules, each compressed by itself. */
export function gzipBytes(modules: Iterable<string>): number {
  let bytes = 0;
  for (const path of modules) bytes += gzipSync(readFileSync(join(ROOT, path))).length;
  return bytes;
}

/** The packages whose code is among modules. */
export function packagesIn({ outputs }: { outputs: Outputs }, modules: Iterable<string>): Set<string> {
  const names = [...modules]
    .flatMap((path) => Object.keys(outputs[path]?.inputs ?? {}))
    .flatMap((input) => {
      const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1];
      return name ? [name] : [];
    });
  return new Set(names);
}

/** Stands in for the runtime's own modules, whose classes are extended at module scope. */
const RUNTIME =
  "data:text/javascript,export class DurableObject{};export class WorkerEntrypoint{};export const env={}";

const MEASURE = `
  import { registerHooks } from "node:module";
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier.startsWith("cloudflare:") ? { url: ${JSON.stringify(RUNTIME)}, shortCircuit: true } : next(specifier, context),
  });
  const [entry, ...rest] = process.argv.slice(1);
  const began = performance.now();
  await import(entry);
  const started = performance.now();
  for (const module of rest) await import(module);
  console.log(JSON.stringify({ entry: started - began, rest: performance.now() - started }));
`;

/**
 * Milliseconds that module scope takes in a new process: of what every isolate loads, and then of all else. Node is no
 * Worker, but it is the same engine; of the two figures only their ratio is worth anything.
 */
export function measureStart(metafile: Metafile): { entry: number; rest: number } {
  const entry = moduleOf(metafile, ENTRY);
  const rest = Object.keys(metafile.outputs).filter((path) => path !== entry && path.endsWith(".mjs"));
  const urls = [entry, ...rest].map((path) => pathToFileURL(join(ROOT, path)).href);
  const output = execFileSync(process.execPath, ["--input-type=module", "--eval", MEASURE, ...urls], {
    encoding: "utf8",
    timeout: 60_000,
  });
  return JSON.parse(output.trim().split("\n").at(-1) ?? "") as { entry: number; rest: number };
}
