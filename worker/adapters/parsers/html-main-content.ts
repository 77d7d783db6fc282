import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom/worker";
import { type HtmlBlock, type HtmlNode, htmlBlocks } from "./html-blocks.ts";
import { type DomBounds, isTame } from "./html-markup.ts";
import { addDropped, type Dropped } from "./page-report.ts";
import { paragraph, type TextBlock } from "./text-blocks.ts";

/** Share of a block's text inside links from which it is navigation, unless Readability counts it in. */
const LINK_SHARE = 0.8;
/** Share of the text that must stay: a page that is mostly links is an index, and its links are its content. */
const KEPT_SHARE = 0.5;
/** Beyond, Readability isn't asked: over linkedom its time grows with the square of the page. */
const ARTICLE_BOUNDS: DomBounds = { tags: 12_000, depth: 80, entities: 20_000 };
/** Landmarks that hold navigation by their meaning (HTML standard, ARIA landmark roles). */
const CHROME_ELEMENT = /^(nav|footer)$/i;
const CHROME_ROLE = /^(navigation|contentinfo|search|banner)$/i;

/**
 * The blocks of a page's main content, in the page's own structure. Navigation landmarks are left out, and so are
 * blocks made of links that Readability doesn't count to the article. Prose and tables always stay: leaking a
 * share button costs little, losing a paragraph costs the answer.
 */
export function mainContent(markup: string, root: HtmlNode): HtmlBlock[] {
  const core = htmlBlocks(root, isChrome);
  const kept = size(core) > 0 ? core : htmlBlocks(root);
  const article = readArticle(markup);
  if (article === null) return kept;
  const known = new Set(article.map((block) => dense(block.text)));
  const chosen = keepContent(
    kept,
    ({ text, linked }) => text === "" || linked < LINK_SHARE * dense(text).length || known.has(dense(text)),
  );
  return size(chosen) >= KEPT_SHARE * size(kept) ? chosen : kept;
}

/** The blocks that are content; the next one tells of those that aren't. */
function keepContent(blocks: HtmlBlock[], isContent: (block: HtmlBlock) => boolean): HtmlBlock[] {
  const chosen: HtmlBlock[] = [];
  let dropped: Dropped = {};
  for (const block of blocks) {
    addDropped(dropped, block.dropped);
    if (!isContent(block)) {
      addDropped(dropped, { navigation: 1 });
      continue;
    }
    chosen.push(Object.keys(dropped).length > 0 ? { ...block, dropped } : block);
    dropped = {};
  }
  if (Object.keys(dropped).length > 0) chosen.push({ ...paragraph(""), linked: 0, dropped });
  return chosen;
}

function readArticle(markup: string): TextBlock[] | null {
  if (!isTame(markup, ARTICLE_BOUNDS)) return null;
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
  return blocks.reduce((sum, block) => sum + dense(block.text).length, 0);
}

function dense(text: string): string {
  return text.replace(/\s+/g, "");
}
