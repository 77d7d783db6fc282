import { zipSync } from "fflate";
import mammoth from "mammoth";
import { type ParsedDocument, ParseFailure } from "../../ports/document-parser.ts";
import { isWordDocument, type WordDocument } from "./docx-nodes.ts";
import { collectPages } from "./docx-pages.ts";
import { readWordParts } from "./docx-parts.ts";
import { sliceBody } from "./docx-slices.ts";
import { DOCX } from "./media-types.ts";
import { pageListDocument } from "./page-list.ts";
import { sectionPages } from "./sections.ts";
import { composePage } from "./text-blocks.ts";
import type { GuardedZip } from "./zip-guard.ts";

/**
 * Reads a Word document. Pages are cut at its explicit page breaks; where Word itself breaks lines into pages is
 * written nowhere, so a document without explicit breaks has sections, cut at its headings. Tracked deletions,
 * comments, headers and footers are left out; foot- and endnotes stand at the end of the page that calls them.
 * Throws `ParseFailure`: "corrupt", "too_large", "encrypted" or "no_text".
 */
export async function openDocx(zip: GuardedZip): Promise<ParsedDocument> {
  const { main, parts } = readWordParts(zip);
  const book = collectPages();
  for (const body of sliceBody(parts[main] ?? "")) {
    book.add(await readDocument({ ...parts, [main]: body }));
  }
  const pages = book.finish();
  const [only, ...others] = pages;
  if (only === undefined || others.length === 0) {
    return pageListDocument(DOCX, sectionPages(only ?? []), "no_text");
  }
  const numbered = pages.map((blocks, index) => ({
    number: index + 1,
    kind: "page" as const,
    label: null,
    ...composePage(blocks),
  }));
  return pageListDocument(DOCX, numbered, "no_text");
}

/** Mammoth reads the parts from a new archive that holds nothing but checked XML; its HTML isn't used. */
async function readDocument(parts: Record<string, string>): Promise<WordDocument> {
  const encoder = new TextEncoder();
  const files = Object.entries(parts).map(([name, source]) => [name, encoder.encode(source)] as const);
  const archive = zipSync(Object.fromEntries(files), { level: 0 });
  let found: unknown;
  // Mammoth's Node build reads `buffer`, its browser build `arrayBuffer`.
  const input = { arrayBuffer: archive.buffer as ArrayBuffer, buffer: archive };
  try {
    await mammoth.convertToHtml(input as Parameters<typeof mammoth.convertToHtml>[0], {
      externalFileAccess: false,
      transformDocument(document: unknown) {
        found = document;
        return { type: "document", children: [], notes: { resolve: () => null }, comments: [] };
      },
    });
  } catch (error) {
    throw new ParseFailure("corrupt", `mammoth: ${String(error)}`, { cause: error });
  }
  if (!isWordDocument(found)) throw new ParseFailure("corrupt", "mammoth gave no document");
  return found;
}
