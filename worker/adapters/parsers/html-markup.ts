import { ParseFailure } from "../../ports/document-parser.ts";

/** UTF-16 units of markup, with scripts and styles and without. */
const MAX_MARKUP_CHARS = 10_000_000;
/** How many tags, how much nesting and how many character references (each may be a text node) a DOM may have. */
export type DomBounds = { tags: number; depth: number; entities: number };

/** Beyond, no DOM is built: an element takes about 1 kB, and readers of deep trees run out of stack. */
export const DOM_BOUNDS: DomBounds = { tags: 40_000, depth: 400, entities: 100_000 };

const VOID =
  /^(area|base|basefont|br|col|embed|frame|hr|img|input|isindex|keygen|link|meta|param|source|track|wbr)$/;
/** Open elements that the start of another one ends, when they are innermost: the parser under linkedom's rule. */
const ENDED_BY: Record<string, RegExp> = {
  p: /^(p|h[1-6]|address|article|aside|blockquote|details|div|dl|fieldset|figcaption|figure|footer|form|header|hr|main|nav|ol|pre|section|table|ul)$/,
  li: /^li$/,
  dt: /^d[dt]$/,
  dd: /^d[dt]$/,
  tr: /^(tr|tbody|tfoot)$/,
  th: /^t[hdr]$/,
  td: /^(thead|t[hdr])$/,
  option: /^(option|optgroup)$/,
};
const RAW_START = /<!--|<(script|style|svg|template|noscript)(?=[\s/>])/gi;

/**
 * The page's markup without comments, scripts, styles, SVG and templates, in linear time. A script that never
 * ends hides the rest of the page, as in a browser. Throws `ParseFailure` "too_large".
 */
export function leanMarkup(source: string): string {
  if (source.length > MAX_MARKUP_CHARS)
    throw new ParseFailure("too_large", `${source.length} characters of HTML`);
  const kept: string[] = [];
  const endless = new Set<string>();
  let from = 0;
  RAW_START.lastIndex = 0;
  for (let start = RAW_START.exec(source); start; start = RAW_START.exec(source)) {
    kept.push(source.slice(from, start.index), " ");
    from = rawEnd(source, start.index, start[1]?.toLowerCase(), endless);
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
  const open: string[] = [];
  let tags = 0;
  for (const [, close, written = ""] of markup.matchAll(/<(\/?)([a-zA-Z][\w-]*)/g)) {
    tags += 1;
    if (tags > bounds.tags) return false;
    const name = written.toLowerCase();
    if (close) {
      const at = open.lastIndexOf(name);
      if (at !== -1) open.length = at;
    } else if (!VOID.test(name)) {
      while (ENDED_BY[open.at(-1) ?? ""]?.test(name)) open.pop();
      open.push(name);
      if (open.length > bounds.depth) return false;
    }
  }
  return true;
}

/** `endless` holds the elements known to have no end tag in the rest of the page. */
function rawEnd(source: string, start: number, name: string | undefined, endless: Set<string>): number {
  if (name === undefined) {
    const end = source.indexOf("-->", start + 4);
    return end === -1 ? source.length : end + 3;
  }
  if (!endless.has(name)) {
    const close = new RegExp(`</${name}[^<>]{0,100}>`, "gi");
    close.lastIndex = start;
    if (close.exec(source)) return close.lastIndex;
    endless.add(name);
  }
  const tagEnd = name === "script" || name === "style" ? -1 : source.indexOf(">", start);
  return tagEnd === -1 ? source.length : tagEnd + 1;
}
