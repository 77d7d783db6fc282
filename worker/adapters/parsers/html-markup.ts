import { ParseFailure } from "../../ports/document-parser.ts";

/** UTF-16 units of markup after scripts and styles are gone. */
const MAX_MARKUP_CHARS = 10_000_000;
/** How many tags, how much nesting and how many character references (each may be a text node) a DOM may have. */
export type DomBounds = { tags: number; depth: number; entities: number };

/** Beyond, no DOM is built: an element takes about 1 kB, and readers of deep trees run out of stack. */
export const DOM_BOUNDS: DomBounds = { tags: 40_000, depth: 400, entities: 100_000 };

/** Elements whose end tags authors may leave out, so that they say nothing of depth. */
const UNCLOSED =
  /^(area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|p|li|dt|dd|td|th|tr|option)$/i;
const RAW_START = /<!--|<(script|style|svg|template|noscript)(?=[\s/>])/gi;

/**
 * The page's markup without comments, scripts, styles, SVG and templates, in linear time. A script that never
 * ends hides the rest of the page, as in a browser. Throws `ParseFailure` "too_large".
 */
export function leanMarkup(source: string): string {
  const kept: string[] = [];
  let from = 0;
  RAW_START.lastIndex = 0;
  for (let start = RAW_START.exec(source); start; start = RAW_START.exec(source)) {
    kept.push(source.slice(from, start.index), " ");
    from = rawEnd(source, start.index, start[1]?.toLowerCase());
    RAW_START.lastIndex = from;
  }
  // A "<" that opens no tag is text; parsers differ on it, and rows of them are slow.
  const lean = kept
    .join("")
    .concat(source.slice(from))
    .replace(/<(?![a-z/!?])/gi, "&lt;");
  if (lean.length > MAX_MARKUP_CHARS)
    throw new ParseFailure("too_large", `${lean.length} characters of HTML`);
  return lean;
}

/** True when a DOM of this markup stays within bounds. */
export function isTame(markup: string, bounds: DomBounds): boolean {
  let entities = 0;
  for (let at = markup.indexOf("&"); at !== -1; at = markup.indexOf("&", at + 1)) entities += 1;
  if (entities > bounds.entities) return false;
  let depth = 0;
  let tags = 0;
  for (const [, close, name = ""] of markup.matchAll(/<(\/?)([a-zA-Z][\w-]*)/g)) {
    tags += 1;
    if (tags > bounds.tags) return false;
    if (UNCLOSED.test(name)) continue;
    depth = close ? Math.max(0, depth - 1) : depth + 1;
    if (depth > bounds.depth) return false;
  }
  return true;
}

function rawEnd(source: string, start: number, name: string | undefined): number {
  if (name === undefined) {
    const end = source.indexOf("-->", start + 4);
    return end === -1 ? source.length : end + 3;
  }
  const close = new RegExp(`</${name}[^<>]{0,100}>`, "gi");
  close.lastIndex = start;
  if (close.exec(source)) return close.lastIndex;
  return name === "script" || name === "style" ? source.length : start + name.length + 1;
}
