import { addDropped, type Dropped } from "./page-report.ts";
import { headingBlock, paragraph, rowBlock, type TextBlock } from "./text-blocks.ts";

/** The parts of a DOM that are read here; linkedom's types pull in the browser's. */
export type HtmlNode = {
  nodeType: number;
  nodeName: string;
  textContent: string | null;
  childNodes: Iterable<HtmlNode>;
  getAttribute?(name: string): string | null;
};

/** A block and how many of its UTF-16 units, white space aside, stand inside links. */
export type HtmlBlock = TextBlock & { linked: number };

const ELEMENT = 1;
const TEXT = 3;
const SKIPPED =
  /^(script|style|template|noscript|svg|iframe|object|embed|canvas|audio|video|select|datalist|textarea|button|input|head|math-renderer)$/i;
const EMBEDDED = /^(iframe|object|embed|canvas|audio|video)$/i;
const BLOCK =
  /^(address|article|aside|blockquote|body|center|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hgroup|hr|html|legend|li|main|menu|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul|caption)$/i;
const HIDDEN_STYLE = /(^|;)\s*(display\s*:\s*none|visibility\s*:\s*hidden)/i;

/** Collects the blocks below an element in document order; `skip` leaves out whole elements. */
export function htmlBlocks(root: HtmlNode, skip: (node: HtmlNode) => boolean = () => false): HtmlBlock[] {
  const collected: HtmlBlock[] = [];
  let text = "";
  let linked = 0;
  let follows = false;
  let dropped: Dropped = {};
  const add = (...blocks: HtmlBlock[]) => {
    const [first, ...others] = blocks;
    if (!first) return;
    const met = Object.keys(dropped).length > 0;
    collected.push(met ? { ...first, dropped } : first, ...others);
    if (met) dropped = {};
  };
  const flush = () => {
    if (text.trim() !== "") add({ text, level: 0, follows, linked });
    text = "";
    linked = 0;
    follows = false;
  };
  const visit = (node: HtmlNode, pre: boolean, link: boolean) => {
    if (node.nodeType === TEXT) {
      const words = node.textContent ?? "";
      text += pre ? words : words.replace(/\s+/g, " ");
      if (link) linked += words.replace(/\s+/g, "").length;
      return;
    }
    if (node.nodeType !== ELEMENT) return;
    if (isHidden(node) || skip(node)) {
      const kind = droppedKind(node);
      if (kind) addDropped(dropped, { [kind]: 1 });
      return;
    }
    const name = node.nodeName.toLowerCase();
    if (name === "br") text += "\n";
    else if (name === "img") addDropped(dropped, { image: 1 });
    else if (/^h[1-6]$/.test(name)) {
      flush();
      const title = inlineText(node, skip);
      if (title.trim() !== "") add({ ...headingBlock(title, Number(name[1])), linked: 0 });
    } else if (name === "table" && isDataTable(node)) {
      flush();
      add(...tableBlocks(node, skip).map((block) => ({ ...block, linked: 0 })));
    } else if (BLOCK.test(name)) {
      flush();
      if (name === "li") {
        text = "- ";
        follows = collected.length > 0;
      }
      for (const child of node.childNodes) visit(child, pre || name === "pre", link);
      flush();
    } else for (const child of node.childNodes) visit(child, pre, link || name === "a");
  };
  visit(root, false, false);
  flush();
  add({ ...paragraph(""), linked: 0 });
  return collected
    .map((block) => (block.text.trim() === "-" ? { ...block, text: "" } : block))
    .filter((block) => block.text !== "" || block.dropped);
}

/** Elements below a node, without looking inside matches or nested tables. */
function* elementsNamed(node: HtmlNode, names: RegExp): Generator<HtmlNode> {
  for (const child of node.childNodes) {
    if (child.nodeType !== ELEMENT) continue;
    if (names.test(child.nodeName)) yield child;
    else if (!/^table$/i.test(child.nodeName)) yield* elementsNamed(child, names);
  }
}

/** Tables that lay out a page (one column, or tables and long prose inside) are read as blocks instead. */
function isDataTable(table: HtmlNode): boolean {
  const rows = [...elementsNamed(table, /^tr$/i)].map((row) => [...elementsNamed(row, /^t[dh]$/i)]);
  const cells = rows.flat();
  const nested = cells.some((cell) => !elementsNamed(cell, /^(table|h[1-6])$/i).next().done);
  const longest = Math.max(0, ...cells.map((cell) => (cell.textContent ?? "").length));
  return !nested && longest < LAYOUT_CELL_CHARS && rows.some((row) => row.length > 1);
}

/** UTF-16 units: a cell with more text is a page region. */
const LAYOUT_CELL_CHARS = 2000;

function tableBlocks(table: HtmlNode, skip: (node: HtmlNode) => boolean): TextBlock[] {
  const caption = [...elementsNamed(table, /^caption$/i)].map((node) => inlineText(node, skip));
  const rows = [...elementsNamed(table, /^tr$/i)].filter((row) => !isHidden(row) && !skip(row));
  return [
    ...caption.map((text): TextBlock => ({ text, level: 0, follows: false })),
    ...rows.map((row, index) =>
      rowBlock(
        [...elementsNamed(row, /^t[dh]$/i)]
          .filter((cell) => !isHidden(cell))
          .map((cell) => inlineText(cell, skip)),
        index === 0,
      ),
    ),
  ];
}

function inlineText(root: HtmlNode, skip: (node: HtmlNode) => boolean): string {
  return htmlInline(root, skip).replace(/[^\S\n]+/g, " ");
}

function htmlInline(root: HtmlNode, skip: (node: HtmlNode) => boolean): string {
  let text = "";
  for (const node of root.childNodes) {
    if (node.nodeType === TEXT) text += (node.textContent ?? "").replace(/\s+/g, " ");
    else if (node.nodeType !== ELEMENT || isHidden(node) || skip(node)) continue;
    else if (/^br$/i.test(node.nodeName)) text += "\n";
    else if (BLOCK.test(node.nodeName)) text += `\n${htmlInline(node, skip)}\n`;
    else text += htmlInline(node, skip);
  }
  return text;
}

/** What an element that isn't read was; null for what no reader of the page would have seen as content. */
function droppedKind(node: HtmlNode): string | null {
  if (EMBEDDED.test(node.nodeName)) return "embedded";
  if (SKIPPED.test(node.nodeName)) return null;
  return isHidden(node) ? "hidden" : "navigation";
}

function isHidden(node: HtmlNode): boolean {
  if (SKIPPED.test(node.nodeName)) return true;
  const attribute = (name: string) => node.getAttribute?.(name) ?? null;
  return attribute("hidden") !== null || HIDDEN_STYLE.test(attribute("style") ?? "");
}
