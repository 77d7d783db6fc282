import { type DocumentParser, type ParsedDocument, ParseFailure } from "../../ports/document-parser.ts";
import { compoundFileFailure } from "./compound-file.ts";
import { COMPOUND_FILE, DOCX, HTML, MARKDOWN, PDF, PLAIN_TEXT, PPTX, ZIP } from "./media-types.ts";
import { looksLikeText, sniffMediaType } from "./sniff-media-type.ts";
import { byteOrderMark } from "./text-encoding.ts";
import { openZip } from "./zip-guard.ts";

/** Names under which bytes that are nothing we know were meant to be a document: broken, not foreign. */
const DOCUMENT_NAME = /\.(pdf|docx|pptx)$/i;
/** Bytes that tell a file's type; an Office file may name its parts late. */
const HEAD_BYTES = 65_536;
const CONTAINERS: ReadonlySet<string> = new Set([PDF, DOCX, PPTX, ZIP, COMPOUND_FILE]);

export type DocumentParserOptions = {
  /** Bytes of a predefined CMap of PDF.js by file name, e.g. "Adobe-Japan1-UCS2.bcmap" (pdfjs-dist/cmaps). */
  cmap: (name: string) => Promise<Uint8Array>;
};

/**
 * Reads PDF, DOCX, PPTX, HTML, Markdown and plain text. The type is decided by content; a name only tells the text
 * types apart. Each format's reader is loaded on first use. A PDF is read by range, every other format whole.
 */
export function createDocumentParser(options: DocumentParserOptions): DocumentParser {
  return {
    async open({ source, filename }) {
      if (source.size === 0) throw new ParseFailure("empty", "no bytes");
      const head = await source.read(0, Math.min(source.size, HEAD_BYTES));
      const mediaType = sniffMediaType(head, filename);
      if (mediaType === PDF) return (await import("./pdf.ts")).openPdf(source, options.cmap);
      const bytes = head.length === source.size ? head : await source.read(0, source.size);
      if (isBlank(bytes)) throw new ParseFailure("empty", "no bytes but white space");
      // An error page saved as report.pdf, or bytes that happen to be printable: broken, not a text.
      if (!CONTAINERS.has(mediaType) && DOCUMENT_NAME.test(filename)) {
        throw new ParseFailure("corrupt", "content is not what the name says");
      }
      return openAs(mediaType, bytes);
    },
  };
}

async function openAs(mediaType: string, bytes: Uint8Array): Promise<ParsedDocument> {
  switch (mediaType) {
    case DOCX:
    case PPTX:
    case ZIP:
      return openPackage(bytes);
    case COMPOUND_FILE:
      throw compoundFileFailure(bytes);
    case HTML:
      return (await import("./html.ts")).openHtml(bytes);
    case MARKDOWN:
    case PLAIN_TEXT:
      if (!looksLikeText(bytes)) throw new ParseFailure("unsupported", "binary bytes in a text file");
      return mediaType === MARKDOWN
        ? (await import("./markdown.ts")).openMarkdown(bytes)
        : (await import("./plain-text.ts")).openPlainText(bytes);
    default:
      throw new ParseFailure("unsupported", "not a document type that Ancre reads");
  }
}

async function openPackage(bytes: Uint8Array): Promise<ParsedDocument> {
  const zip = openZip(bytes);
  const names = zip.names();
  if (names.some((name) => name.startsWith("ppt/"))) return (await import("./pptx.ts")).openPptx(zip);
  if (names.some((name) => name.startsWith("word/"))) return (await import("./docx.ts")).openDocx(zip);
  throw new ParseFailure("unsupported", "a zip archive that is neither DOCX nor PPTX");
}

function isBlank(bytes: Uint8Array): boolean {
  const mark = byteOrderMark(bytes);
  const start = mark === null ? 0 : mark === "utf-8" ? 3 : 2;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    const space = byte === 32 || (byte >= 9 && byte <= 13) || (byte === 0 && mark?.startsWith("utf-16"));
    if (!space) return false;
  }
  return true;
}
