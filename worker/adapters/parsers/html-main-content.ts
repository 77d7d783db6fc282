import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom/worker";
import { type HtmlNode, htmlBlocks } from "./html-blocks.ts";
import type { TextBlock } from "./text-blocks.ts";

/** Share of the page's own text that the article must hold before the rest is taken for decoration. */
const ARTICLE_SHARE = 0.85;
/** Landmarks that hold navigation by their meaning (HTML standard, ARIA landmark roles). */
const CHROME_ELEMENT = /^(nav|footer)$/i;
const CHROME_ROLE = /^(navigation|contentinfo|search|banner)$/i;

/**
 * The blocks of a page's main content. Readability's article counts only when it keeps nearly everything outside
 * navigation landmarks: leaking a menu costs little, losing a table costs the answer.
 */
export function mainContent(markup: string, root: HtmlNode, whole: TextBlock[]): TextBlock[] {
  const core = htmlBlocks(root, isChrome);
  const kept = size(core) > 0 ? core : whole;
  const article = readArticle(markup);
  return article !== null && size(article) >= ARTICLE_SHARE * size(kept) ? article : kept;
}

function readArticle(markup: string): TextBlock[] | null {
  try {
    const { document } = parseHTML(markup);
    const content = new Readability(document as unknown as ConstructorParameters<typeof Readability>[0], {
      charThreshold: 200,
    }).parse()?.content;
    if (!content) return null;
    return htmlBlocks(parseHTML(`<!doctype html><html><body>${content}</body></html>`).document.body);
  } catch {
    // Readability is made for browsers; what trips it over a partial DOM must not cost the page.
    return null;
  }
}

function isChrome(node: HtmlNode): boolean {
  return CHROME_ELEMENT.test(node.nodeName) || CHROME_ROLE.test(node.getAttribute?.("role") ?? "");
}

function size(blocks: readonly TextBlock[]): number {
  return blocks.reduce((sum, block) => sum + block.text.replace(/\s+/g, "").length, 0);
}
