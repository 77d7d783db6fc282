import { zipSync } from "fflate";
import mammoth from "mammoth";
import { type ParsedDocument, ParseFailure } from "../../ports/document-parser.ts";
import { docxBlocks } from "./docx-blocks.ts";
import { isWordDocument, type WordDocument } from "./docx-nodes.ts";
import { readWordParts } from "./docx-parts.ts";
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
  const pages = docxBlocks(await readDocument(readWordParts(zip)));
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
async function readDocument(parts: Record<string, Uint8Array>): Promise<WordDocument> {
  const archive = zipSync(parts, { level: 0 });
  let found: unknown;
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
