import { lexer, type Token, type Tokens, walkTokens } from "marked";
import type { ParsedDocument } from "../../ports/document-parser.ts";
import { htmlText } from "./html-text.ts";
import { deepestNesting, longestLine } from "./markdown-bounds.ts";
import { MARKDOWN } from "./media-types.ts";
import { pageListDocument } from "./page-list.ts";
import { sectionPages } from "./sections.ts";
import { droppedBlock, headingBlock, paragraph, rowBlock, type TextBlock } from "./text-blocks.ts";
import { decodeText } from "./text-encoding.ts";

/** UTF-16 units given to the Markdown lexer at once; longer sources are read as paragraphs of plain text. */
const MAX_MARKDOWN_CHARS = 4_000_000;
/** UTF-16 units after which the source may be cut before a heading or paragraph; tokens take some 50 times as much memory. */
const SLICE_CHARS = 100_000;
/** UTF-16 units of one line beyond which inline marks are left alone: emphasis matching isn't linear. */
const MAX_LINE_CHARS = 100_000;
/** Lists and quotations inside each other before nesting is ignored. */
const MAX_DEPTH = 30;

/**
 * Reads Markdown as sections cut at headings. Block marks (`#`, `-`, `1.`, `>`) stay, as a reader of the source
 * sees them, and so do front matter and what stands in a comment; inline marks, link targets and HTML tags go.
 * Throws `ParseFailure` "empty".
 */
export function openMarkdown(bytes: Uint8Array): ParsedDocument {
  const source = decodeText(bytes).replace(/\r\n?/g, "\n");
  return pageListDocument(MARKDOWN, sectionPages(markdownBlocks(source)), "empty");
}

function markdownBlocks(source: string): TextBlock[] {
  const matter = /^---\n([\s\S]{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)/.exec(source);
  const body = matter ? source.slice(matter[0].length) : source;
  const front = matter?.[1] ? [paragraph(matter[1])] : [];
  return [...front, ...bodyBlocks(body)];
}

function bodyBlocks(source: string): TextBlock[] {
  if (source.length > MAX_MARKDOWN_CHARS) return plainBlocks(source);
  const blocks: TextBlock[] = [];
  for (const slice of slices(source, SLICE_CHARS)) {
    // Of a slice that isn't safe to lex, only the paragraphs concerned lose their structure.
    for (const piece of isTame(slice) ? [slice] : slices(slice, 0)) {
      for (const block of sliceBlocks(piece)) blocks.push(block);
    }
  }
  return blocks;
}

function sliceBlocks(slice: string): TextBlock[] {
  if (!isTame(slice)) return plainBlocks(slice);
  try {
    const pictured = slice.includes("![");
    return lexer(slice).flatMap((token) => {
      const blocks = tokenBlocks(token, "", 0);
      return pictured ? [...blocks, ...droppedImages(token)] : blocks;
    });
  } catch (error) {
    if (error instanceof RangeError) return plainBlocks(slice);
    throw error;
  }
}

/** Of an image, its description alone is text. */
function droppedImages(token: Token): TextBlock[] {
  const found: TextBlock[] = [];
  walkTokens([token], ({ type }) => {
    if (type === "image") found.push(droppedBlock("image"));
  });
  return found;
}

/** True when the lexer reads a source in reasonable time and without running out of stack. */
function isTame(source: string): boolean {
  return longestLine(source) <= MAX_LINE_CHARS && deepestNesting(source) <= MAX_DEPTH;
}

function plainBlocks(source: string): TextBlock[] {
  return source.split(/\n{2,}/).map(paragraph);
}

/**
 * Cuts a source before headings and paragraphs outside code fences, at the first such place after `least` units, so
 * that its tokens never exist all at once.
 */
function* slices(source: string, least: number): Generator<string> {
  let start = 0;
  let fenced = false;
  for (const mark of source.matchAll(/^(?: {0,3}(```|~~~)|#{1,6} )|(?<=\n\n)(?=\p{L})/gmu)) {
    if (mark[1]) fenced = !fenced;
    else if (!fenced && mark.index - start > least) {
      yield source.slice(start, mark.index);
      start = mark.index;
    }
  }
  yield source.slice(start);
}

function tokenBlocks(token: Token, mark: string, depth: number): TextBlock[] {
  switch (token.type) {
    case "space":
    case "hr":
    case "def":
      return [];
    case "heading": {
      const heading = token as Tokens.Heading;
      const text = inlineText(heading.tokens);
      return text.trim() === ""
        ? []
        : [headingBlock(`${mark}${"#".repeat(heading.depth)} ${text}`, heading.depth)];
    }
    case "table":
      return tableBlocks(token as Tokens.Table);
    case "list":
      return listBlocks(token as Tokens.List, depth);
    case "blockquote":
      return (token as Tokens.Blockquote).tokens.flatMap((child) =>
        tokenBlocks(child, `${mark}> `, depth + 1),
      );
    case "code":
      return [paragraph((token as Tokens.Code).text)];
    case "html":
      return htmlText((token as Tokens.HTML).text.replace(/<!--|-->/g, " "))
        .split(/\n{2,}/)
        .map(paragraph);
    default: {
      const { tokens, text } = token as Tokens.Text;
      return [paragraph(mark + (tokens ? inlineText(tokens) : unescapeEntities(text ?? "")))];
    }
  }
}

function listBlocks(list: Tokens.List, depth: number): TextBlock[] {
  const first = Number(list.start) || 1;
  return list.items.flatMap((item, index) => {
    const bullet = `${list.ordered ? `${first + index}.` : "-"} ${item.task ? `[${item.checked ? "x" : " "}] ` : ""}`;
    const blocks = item.tokens
      .filter((token) => token.type !== "checkbox")
      .flatMap((token) => tokenBlocks(token, "", depth + 1));
    return blocks.map((block, at) => ({
      ...block,
      level: 0,
      text: at === 0 ? bullet + block.text : block.text,
      follows: block.follows || index > 0 || at > 0 || depth > 0,
    }));
  });
}

function tableBlocks(table: Tokens.Table): TextBlock[] {
  const rows = [table.header, ...table.rows];
  return rows.map((row, index) =>
    rowBlock(
      row.map((cell) => inlineText(cell.tokens)),
      index === 0,
    ),
  );
}

function inlineText(tokens: Token[]): string {
  const html = tokens.some((token) => token.type === "html");
  const text = tokens.map((token) => (token.type === "html" ? token.raw : inlineToken(token, html))).join("");
  return html ? htmlText(text) : text;
}

/** Inside a run with raw HTML the text is escaped, so that stripping tags can't take a quoted "<" for one. */
function inlineToken(token: Token, html: boolean): string {
  if (token.type === "br") return html ? "<br>" : "\n";
  const children = (token as { tokens?: Token[] }).tokens;
  const text = children ? inlineText(children) : unescapeEntities((token as { text?: string }).text ?? "");
  const flat = token.type === "text" || token.type === "escape" ? text.replace(/\n/g, " ") : text;
  return html ? flat.replace(/&/g, "&amp;").replace(/</g, "&lt;") : flat;
}

function unescapeEntities(text: string): string {
  return /&(#\d|#x|[a-z])/i.test(text) ? htmlText(text.replace(/</g, "&lt;")) : text;
}
