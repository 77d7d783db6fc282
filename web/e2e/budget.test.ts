import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";

/** Made before the tests begin. */
const CLIENT = join(import.meta.dirname, "../build/client");
/** What a first visit of the page where one asks may load as scripts, gzipped; PDF.js comes with the first PDF. */
const BUDGET_BYTES = 200 * 1024;

type Part = { module: string; imports?: string[] };
type Manifest = { entry: Part; routes: Record<string, Part> };

test("the first visit of the page where one asks loads at most 200 KiB of scripts", () => {
  const assets = readdirSync(join(CLIENT, "assets"));
  const named = assets.find((name) => name.startsWith("manifest-")) ?? "";
  const script = readFileSync(join(CLIENT, "assets", named), "utf8");
  const manifest: Manifest = JSON.parse(script.slice(script.indexOf("{"), script.lastIndexOf("}") + 1));
  const routes = Object.entries(manifest.routes).filter(([id]) =>
    /^(?:root|routes\/_frame(?:\.ask.*)?)$/.test(id),
  );
  expect(routes).toHaveLength(3);
  const parts = [manifest.entry, ...routes.map(([, part]) => part)];
  const files = new Set(parts.flatMap(({ module, imports = [] }) => [module, ...imports]));
  // Besides, the texts of one language: both are built as a chunk named after their index, as others may be.
  const texts = assets
    .filter((name) => /^index-.*\.js$/.test(name) && !files.has(`/assets/${name}`))
    .map((name) => gzippedSize(`/assets/${name}`));
  const total = [...files].reduce((sum, file) => sum + gzippedSize(file), 0) + Math.max(...texts);
  expect(total).toBeLessThanOrEqual(BUDGET_BYTES);
  expect([...files].some((file) => file.includes("pdf"))).toBe(false);
});

function gzippedSize(address: string): number {
  return gzipSync(readFileSync(join(CLIENT, address))).length;
}
