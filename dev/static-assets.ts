import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { say } from "./terminal.ts";

const TARGET = join(import.meta.dirname, "../dist/assets/_static");

type Asset = { source: string; target: string };

/**
 * Copies what the Worker serves under `/_static/` from the installed packages to `dist/assets/_static/`: PDF.js's
 * character maps, Swagger UI and ReDoc. Only what is missing or of another size is copied; what no longer belongs
 * is removed. `wrangler.toml` runs this file as its build command.
 *
 * @returns how many files were copied
 */
export async function buildStaticAssets(target: string = TARGET): Promise<number> {
  const assets = listAssets();
  const wanted = new Set(assets.map((asset) => join(target, asset.target)));
  for (const folder of new Set([...wanted].map((path) => dirname(path)))) {
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (!wanted.has(path) && statSync(path).isFile()) rmSync(path);
    }
  }
  const stale = assets.filter((asset) => !isCopied(asset.source, join(target, asset.target)));
  for (const asset of stale) cpSync(asset.source, join(target, asset.target));
  return stale.length;
}

function listAssets(): Asset[] {
  const cmaps = packageFolder("pdfjs-dist", "cmaps");
  const swagger = packageFolder("swagger-ui-dist");
  const redoc = packageFolder("redoc", "bundles");
  return [
    ...readdirSync(cmaps)
      .filter((name) => name.endsWith(".bcmap"))
      .map((name) => ({ source: join(cmaps, name), target: `cmaps/${name}` })),
    ...["swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png", "favicon-16x16.png"].map((name) => ({
      source: join(swagger, name),
      target: `swagger-ui/${name}`,
    })),
    { source: join(redoc, "redoc.standalone.js"), target: "redoc/redoc.standalone.js" },
  ];
}

function packageFolder(name: string, ...inside: string[]): string {
  const paths = createRequire(import.meta.url).resolve.paths(name) ?? [];
  const found = paths.map((path) => join(path, name)).find((path) => existsSync(path));
  if (!found) throw new Error(`${name} is not installed: run \`npm ci\`.`);
  return join(found, ...inside);
}

function isCopied(source: string, target: string): boolean {
  const copy = statSync(target, { throwIfNoEntry: false });
  const original = statSync(source);
  return copy !== undefined && copy.size === original.size && copy.mtimeMs >= original.mtimeMs;
}

if (import.meta.main) say(`Static assets: ${await buildStaticAssets()} file(s) copied.`);
