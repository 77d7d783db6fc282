import { DELETION, type WordNode } from "./docx-nodes.ts";
import { addDropped, type Dropped } from "./page-report.ts";
import { headingBlock, paragraph, rowBlock, type TextBlock } from "./text-blocks.ts";

/** Marks an explicit page break inside a paragraph's text; canonical text never holds it. */
export const PAGE_BREAK = "\f";
/** Tables inside table cells, and text boxes inside text boxes, before they are left out. */
const MAX_DEPTH = 12;
const HEADING_STYLE = /^(?:heading|titre|überschrift|título|titolo|kop|rubrik|heading_)\s*([1-9])$/i;
const TITLE_STYLE = /^(title|titre|titel|título|titolo)$/i;

/** Takes note of a foot- or endnote; its call leaves no mark, so that the sentence stays quotable as written. */
export type Cite = (reference: WordNode) => void;

/** The blocks of one node of the body, in order. */
export function nodeBlocks(node: WordNode, depth: number, cite: Cite): TextBlock[] {
  if (depth > MAX_DEPTH) return [];
  if (node.type === "paragraph") return withDropped([paragraphBlock(node, cite)], node);
  if (node.type === "table") return withDropped(tableBlocks(node, depth, cite), node);
  return (node.children ?? []).flatMap((child) => nodeBlocks(child, depth + 1, cite));
}

function paragraphBlock(node: WordNode, cite: Cite): TextBlock {
  // Tabs at the start of a paragraph indent it.
  const text = textOf(node, cite).replace(/^[\t ]+/gm, "");
  const style = node.styleName ?? node.styleId ?? "";
  const level = HEADING_STYLE.exec(style)?.[1] ?? (TITLE_STYLE.test(style) ? "1" : undefined);
  if (level) return headingBlock(text, Number(level));
  if (!node.numbering || text.trim() === "") return paragraph(text);
  return { text: `- ${text}`, level: 0, follows: true };
}

function tableBlocks(table: WordNode, depth: number, cite: Cite): TextBlock[] {
  const rows = (table.children ?? []).filter((row) => row.type === "tableRow");
  return rows.map((row, index) => {
    const cells = (row.children ?? []).map((cell) =>
      (cell.children ?? [])
        .flatMap((child) => nodeBlocks(child, depth + 1, cite))
        .map((block) => block.text.replaceAll(PAGE_BREAK, " "))
        .join("\n"),
    );
    return rowBlock(cells, index === 0);
  });
}

function withDropped(blocks: TextBlock[], node: WordNode): TextBlock[] {
  const [first, ...others] = blocks;
  const dropped = droppedIn(node);
  return first && Object.keys(dropped).length > 0 ? [{ ...first, dropped }, ...others] : blocks;
}

function droppedIn(node: WordNode, dropped: Dropped = {}): Dropped {
  if (node.type === "image") addDropped(dropped, { image: 1 });
  else if (node.type === "commentReference") addDropped(dropped, { comment: 1 });
  else if (node.type === "bookmarkStart" && node.name === DELETION) addDropped(dropped, { deleted_text: 1 });
  for (const child of node.children ?? []) droppedIn(child, dropped);
  return dropped;
}

function textOf(node: WordNode, cite: Cite): string {
  switch (node.type) {
    case "text":
      return node.value ?? "";
    case "tab":
      return "\t";
    case "break":
      return node.breakType === "page" ? PAGE_BREAK : "\n";
    case "checkbox":
      return node.checked ? "☒" : "☐";
    case "noteReference":
      cite(node);
      return "";
    default:
      return (node.children ?? []).map((child) => textOf(child, cite)).join("");
  }
}
