import { parseHTML } from "linkedom/worker";
import { decodeText } from "../parsers/text-encoding.ts";

/** Bytes of a page in which its title is looked for. */
export const TITLE_BYTES = 65_536;

/** What is taken in, by `Content-Type`, and the extension that tells its kind from then on. */
const EXTENSIONS: Record<string, string> = {
  "text/html": "html",
  "application/xhtml+xml": "html",
  "text/plain": "txt",
  "text/markdown": "md",
  "application/pdf": "pdf",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
};
/** Types that say nothing; the bytes decide. */
const UNTOLD = ["", "application/octet-stream", "binary/octet-stream", "application/download"];

/** A response's media type, in lower case and without parameters. */
export function mediaTypeOf(headers: Headers): string {
  return (headers.get("Content-Type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
}

/** Whether something of this type may be a document. */
export function mayBeDocument(mediaType: string): boolean {
  return Object.hasOwn(EXTENSIONS, mediaType) || UNTOLD.includes(mediaType);
}

/** What to call what was fetched: the name it was sent under, a page's title, or the end of its path. */
export function pageName(url: URL, headers: Headers, head: Uint8Array): string {
  const extension = EXTENSIONS[mediaTypeOf(headers)];
  const sent = sentName(headers.get("Content-Disposition") ?? "");
  const title = sent || extension !== "html" ? "" : titleOf(head).replaceAll(/[\\/]/g, "-");
  const last = decoded(url.pathname.split("/").findLast((segment) => segment !== "") ?? "");
  return withExtension(sent || title || last || url.hostname, extension);
}

function withExtension(name: string, extension: string | undefined): string {
  if (extension === undefined || name.toLowerCase().endsWith(`.${extension}`)) return name;
  return extension === "html" && /\.x?html?$/i.test(name) ? name : `${name}.${extension}`;
}

/** RFC 6266: the encoded form wins over the plain one. */
function sentName(disposition: string): string {
  const encoded = /filename\*\s*=\s*utf-8''([^;]+)/i.exec(disposition)?.[1];
  if (encoded !== undefined) return decoded(encoded.trim());
  const plain = /filename\s*=\s*(?:"([^"]*)"|([^;"]+))/i.exec(disposition);
  return (plain?.[1] ?? plain?.[2] ?? "").trim();
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function titleOf(head: Uint8Array): string {
  // Cut where the title ends, never inside of a character.
  const end = new TextDecoder("latin1").decode(head).search(/<\/title/i);
  if (end === -1) return "";
  const { document } = parseHTML(`<html>${decodeText(head.subarray(0, end), true)}</title></html>`);
  return (document.querySelector("title")?.textContent ?? "").replace(/\s+/g, " ").trim();
}
