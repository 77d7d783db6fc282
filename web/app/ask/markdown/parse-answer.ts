import type { Nodes, Root, RootContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTable } from "micromark-extension-gfm-table";

/** A run of an answer's text on the page, and where its letters stand in the Markdown: one offset a UTF-16 unit. */
export type Leaf = { kind: "text" | "code"; text: string; offsets: number[]; end: number };

type BlockName =
  | "p"
  | "h3"
  | "h4"
  | "ul"
  | "ol"
  | "li"
  | "blockquote"
  | "pre"
  | "table"
  | "thead"
  | "tbody"
  | "tr"
  | "th"
  | "td";
type InlineName = "strong" | "em";

/** What an answer may be made of, and nothing else: no link, no image, no HTML. */
export type Piece =
  | { kind: "element"; name: BlockName | InlineName; start: number; children: Piece[]; first?: number }
  | { kind: "break"; start: number }
  | { kind: "rule"; start: number }
  | { kind: "leaf"; start: number; leaf: Leaf };

/** Reads an answer's Markdown. What isn't allowed shows as its words, or as it was written. */
export function parseAnswer(markdown: string): Piece[] {
  const root: Root = fromMarkdown(markdown, {
    extensions: [gfmTable()],
    mdastExtensions: [gfmTableFromMarkdown()],
  });
  return root.children.flatMap((node) => toPieces(node, markdown));
}

function toPieces(node: RootContent, source: string): Piece[] {
  const start = node.position?.start.offset ?? 0;
  const children = () => childrenOf(node, source);
  const element = (name: BlockName | InlineName): Piece[] => [
    { kind: "element", name, start, children: children() },
  ];
  switch (node.type) {
    case "text":
      return [leafOf("text", node.value, node, source)];
    case "inlineCode":
      return [leafOf("code", node.value, node, source)];
    case "code":
      return [{ kind: "element", name: "pre", start, children: [leafOf("code", node.value, node, source)] }];
    case "break":
      return [{ kind: "break", start }];
    case "thematicBreak":
      return [{ kind: "rule", start }];
    case "paragraph":
      return element("p");
    case "strong":
      return element("strong");
    case "emphasis":
      return element("em");
    case "heading":
      return element(node.depth < 3 ? "h3" : "h4");
    case "blockquote":
      return element("blockquote");
    case "listItem":
      return element("li");
    case "list":
      return [
        {
          kind: "element",
          name: node.ordered ? "ol" : "ul",
          start,
          children: children(),
          ...(node.ordered ? { first: node.start ?? 1 } : {}),
        },
      ];
    case "table":
      return tableOf(node, start, source);
    case "link":
    case "linkReference":
      return children();
    case "image":
    case "imageReference":
      return [leafOf("text", node.alt ?? "", node, source)];
    case "html":
      return [leafOf("text", node.value, node, source)];
    default:
      return [leafOf("text", source.slice(start, node.position?.end.offset ?? start), node, source)];
  }
}

function childrenOf(node: Nodes, source: string): Piece[] {
  return "children" in node ? node.children.flatMap((child) => toPieces(child, source)) : [];
}

function tableOf(node: Extract<RootContent, { type: "table" }>, start: number, source: string): Piece[] {
  const rows = node.children.map((row, index): Piece => {
    const cells = row.children.map(
      (cell): Piece => ({
        kind: "element",
        name: index === 0 ? "th" : "td",
        start: cell.position?.start.offset ?? start,
        children: childrenOf(cell, source),
      }),
    );
    return { kind: "element", name: "tr", start: row.position?.start.offset ?? start, children: cells };
  });
  const [head, ...body] = rows;
  const parts: Piece[] = [];
  if (head) parts.push({ kind: "element", name: "thead", start, children: [head] });
  const [firstRow] = body;
  if (firstRow) parts.push({ kind: "element", name: "tbody", start: firstRow.start, children: body });
  return [{ kind: "element", name: "table", start, children: parts }];
}

function leafOf(kind: Leaf["kind"], text: string, { position }: Nodes, source: string): Piece {
  const start = position?.start.offset ?? 0;
  const end = position?.end.offset ?? start;
  return { kind: "leaf", start, leaf: { kind, text, offsets: alignText(text, source, start, end), end } };
}

/**
 * Where each unit of a text stands in the Markdown that made it: escapes, entities and the signs that begin a line
 * are there and not in the text.
 */
function alignText(text: string, source: string, start: number, end: number): number[] {
  const offsets: number[] = [];
  let at = start;
  for (let unit = 0; unit < text.length; unit += 1) {
    const entity = source[at] === "&" && text[unit] !== "&" ? source.indexOf(";", at) : -1;
    if (entity !== -1 && entity < end) {
      offsets.push(at);
      at = entity + 1;
      continue;
    }
    const found = source.indexOf(text[unit] ?? "", at);
    if (found !== -1 && found < end) at = found;
    offsets.push(Math.min(at, end));
    at += 1;
  }
  return offsets;
}
