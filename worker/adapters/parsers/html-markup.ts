import { ParseFailure } from "../../ports/document-parser.ts";

/** UTF-16 units of markup after scripts and styles are gone; a DOM takes some 20 times as much memory. */
const MAX_MARKUP_CHARS = 3_000_000;
/** Tags in one page; each becomes an object. */
const MAX_TAGS = 150_000;
/** Elements inside elements beyond which the tags are dropped: no page nests so, and recursion would overflow. */
const MAX_DEPTH = 400;

const VOID =
  /^(area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|p|li|dt|dd|td|th|tr|option)$/i;

/**
 * Markup that is safe to build a DOM from: a whole HTML document, without scripts, styles, comments and SVG, and
 * with nesting within bounds. Throws `ParseFailure` "too_large".
 */
export function boundedMarkup(source: string): string {
  const lean = source
    .replace(/<!--[\s\S]*?(?:-->|$)/g, "")
    .replace(/<(script|style|svg|template|noscript)\b[^>]*>[\s\S]*?(?:<\/\1\s*>|$)/gi, " ");
  if (lean.length > MAX_MARKUP_CHARS)
    throw new ParseFailure("too_large", `${lean.length} characters of HTML`);
  const flat = isTame(lean) ? lean : lean.replace(/<(?!\/?(?:p|br|li|tr|td|th|h[1-6])\b)[^<>]*>/gi, " ");
  return /<html\b/i.test(flat)
    ? flat
    : `<!doctype html><html><body>${flat.replace(/<!doctype[^>]*>/i, "")}</body></html>`;
}

function isTame(markup: string): boolean {
  let depth = 0;
  let tags = 0;
  for (const [, close, name = ""] of markup.matchAll(/<(\/?)([a-zA-Z][\w-]*)/g)) {
    tags += 1;
    if (tags > MAX_TAGS) return false;
    if (VOID.test(name)) continue;
    depth = close ? Math.max(0, depth - 1) : depth + 1;
    if (depth > MAX_DEPTH) return false;
  }
  return true;
}
