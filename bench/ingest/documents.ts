import { readdir, readFile, stat } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { createDocumentParser } from "../../worker/adapters/parsers/document-parser.ts";
import { generatePdf } from "./generated-pdf.ts";

export type BenchFile = { name: string; bytes: Uint8Array };

/** Pages of the PDFs made when none is given. */
const GENERATED_PAGES = [5, 60, 300];

/** The parser of ingestion, with PDF.js's CMaps out of its package. */
export const parser = createDocumentParser({
  cmap: (name) => readFile(new URL(`cmaps/${name}`, import.meta.resolve("pdfjs-dist/package.json"))),
});

/** The PDFs among `paths`, folders looked through with all their folders; generated ones when there is no path. */
export async function readFiles(paths: string[]): Promise<BenchFile[]> {
  if (paths.length === 0) {
    return Promise.all(
      GENERATED_PAGES.map(async (pages) => ({
        name: `generated-${pages}p.pdf`,
        bytes: await generatePdf({ pages, seed: pages }),
      })),
    );
  }
  const files: BenchFile[] = [];
  for (const path of paths) {
    const found = (await stat(path)).isDirectory() ? await pdfsUnder(path) : [path];
    for (const file of found)
      files.push({ name: basename(file), bytes: new Uint8Array(await readFile(file)) });
  }
  if (files.length === 0) throw new Error(`No PDF under ${paths.join(", ")}`);
  return files;
}

async function pdfsUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && extname(entry.name).toLowerCase() === ".pdf")
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
