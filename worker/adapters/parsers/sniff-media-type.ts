import { foreignType } from "./foreign-type.ts";
import { COMPOUND_FILE, DOCX, HTML, MARKDOWN, PDF, PLAIN_TEXT, PPTX, UNKNOWN, ZIP } from "./media-types.ts";

/** Bytes in which readers accept the "%PDF-" header (PDF 32000-1, annex H, note 13). */
const PDF_HEADER_BYTES = 1024;
/** Share of control characters above which bytes aren't text. */
const MAX_CONTROL_SHARE = 0.02;
const MARKDOWN_NAME = /\.(md|markdown|mdown|mkd)$/i;
const HTML_NAME = /\.(html?|xhtml)$/i;

/**
 * Guesses the media type from a file's first bytes (4 KiB is plenty) and, among text types only, its name.
 * Cheap enough for the upload path; `DocumentParser.open` decides for good. What isn't a document gives the name of what
 * it begins like, or "application/octet-stream"; a ZIP that shows neither Word nor PowerPoint parts "application/zip".
 */
export function sniffMediaType(firstBytes: Uint8Array, filename: string): string {
  const head = latin1(firstBytes.subarray(0, PDF_HEADER_BYTES));
  if (head.startsWith("PK\x03\x04")) return sniffZip(firstBytes, filename);
  if (head.startsWith("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) return COMPOUND_FILE;
  const foreign = foreignType(head);
  if (foreign !== null) return foreign;
  if (head.includes("%PDF-")) return PDF;
  if (head.startsWith("{\\rtf") || !looksLikeText(firstBytes)) return UNKNOWN;
  const start = head.replaceAll("\0", "").replace(/^(\xEF\xBB\xBF|\xFF\xFE|\xFE\xFF)?\s*(<\?xml[^>]*>)?/, "");
  if (/^<(!doctype\s+html|html|head|body)\b/i.test(afterComments(start))) return HTML;
  if (HTML_NAME.test(filename)) return HTML;
  return MARKDOWN_NAME.test(filename) ? MARKDOWN : PLAIN_TEXT;
}

/** The text after the comments it starts with; nothing when one of them doesn't end. */
function afterComments(text: string): string {
  let rest = text.trimStart();
  while (rest.startsWith("<!--")) {
    const end = rest.indexOf("-->", 4);
    rest = end === -1 ? "" : rest.slice(end + 3).trimStart();
  }
  return rest;
}

/** False for bytes that no text encoding explains: NULs outside UTF-16, or many control characters. */
export function looksLikeText(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, 8192);
  const marked = (sample[0] === 0xff && sample[1] === 0xfe) || (sample[0] === 0xfe && sample[1] === 0xff);
  if (marked || utf16Zeros(sample)) return true;
  let controls = 0;
  for (const byte of sample) {
    if (byte === 0) return false;
    if (byte < 32 && (byte < 8 || byte > 13) && byte !== 27) controls += 1;
  }
  return controls <= sample.length * MAX_CONTROL_SHARE;
}

/** UTF-16 without a byte order mark: NULs on one side of the byte pairs alone, on most of them. */
function utf16Zeros(sample: Uint8Array): boolean {
  let even = 0;
  let odd = 0;
  for (let at = 0; at < sample.length; at += 2) {
    if (sample[at] === 0) even += 1;
    if (sample[at + 1] === 0) odd += 1;
  }
  const pairs = sample.length / 2;
  return Math.max(even, odd) > pairs * 0.7 && Math.min(even, odd) < pairs * 0.02;
}

function sniffZip(bytes: Uint8Array, filename: string): string {
  const head = latin1(bytes.subarray(0, 65_536));
  if (head.includes("word/")) return DOCX;
  if (head.includes("ppt/")) return PPTX;
  if (/\.docx$/i.test(filename)) return DOCX;
  return /\.pptx$/i.test(filename) ? PPTX : ZIP;
}

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return text;
}
