import type { PageKind, ReadPage } from "../../ports/document-parser.ts";
import { canonicalText } from "./canonical-text.ts";
import { composePage, headingTitle, type TextBlock } from "./text-blocks.ts";

/** UTF-16 units. A section longer than this is cut at a paragraph end, so that no page is unbounded. */
export const MAX_SECTION_CHARS = 20_000;
/** UTF-16 units of a section's label; a heading can be a whole misused paragraph. */
const MAX_LABEL_CHARS = 300;

/** Cuts blocks at headings into sections 1…n, labelled with their heading path joined by " › ". */
export function sectionPages(blocks: readonly TextBlock[]): ReadPage[] {
  const pages: ReadPage[] = [];
  const path: { level: number; title: string }[] = [];
  let current: TextBlock[] = [];
  let hasBody = false;
  const flush = () => {
    pages.push(...cutPages(current, "section", pathLabel(path), pages.length));
    current = [];
    hasBody = false;
  };
  for (const block of blocks) {
    if (block.level > 0) {
      // A heading right below its parent heading opens no section of its own: it completes the path.
      const deepest = path.at(-1)?.level ?? 0;
      if (hasBody || block.level <= deepest) flush();
      while ((path.at(-1)?.level ?? 0) >= block.level) path.pop();
      path.push({ level: block.level, title: headingTitle(canonicalText(block.text)) });
    } else if (block.text.trim() !== "") hasBody = true;
    current.push(block);
  }
  flush();
  return pages;
}

/**
 * Turns the blocks of one section or page into pages of at most `MAX_SECTION_CHARS`, numbered after `before`.
 * No text gives no page.
 */
export function cutPages(
  blocks: readonly TextBlock[],
  kind: PageKind,
  label: string | null,
  before: number,
): ReadPage[] {
  const pages: ReadPage[] = [];
  for (const slice of boundedSlices(blocks)) {
    const composed = composePage(slice);
    if (composed.text !== "") pages.push({ number: before + pages.length + 1, kind, label, ...composed });
  }
  return pages;
}

function pathLabel(path: readonly { title: string }[]): string | null {
  const titles = path.map((heading) => heading.title).filter((title) => title !== "");
  return titles.length === 0 ? null : titles.join(" › ").slice(0, MAX_LABEL_CHARS).toWellFormed();
}

function* boundedSlices(blocks: readonly TextBlock[]): Generator<TextBlock[]> {
  let slice: TextBlock[] = [];
  let size = 0;
  for (const block of blocks.flatMap(cutBlock)) {
    if (size > 0 && size + block.text.length > MAX_SECTION_CHARS) {
      yield slice;
      slice = [];
      size = 0;
    }
    slice.push(block);
    size += block.text.length;
  }
  yield slice;
}

/** Cuts a block that is too long for one section after a line, else a sentence, else a space, else anywhere. */
function cutBlock(block: TextBlock): TextBlock[] {
  const pieces: TextBlock[] = [];
  const { dropped, ...bare } = block;
  let rest = block.text;
  while (rest.length > MAX_SECTION_CHARS) {
    const end = cutOffset(rest);
    pieces.push({ ...bare, text: rest.slice(0, end) });
    rest = rest.slice(end);
  }
  pieces.push({ ...bare, text: rest, ...(dropped ? { dropped } : {}) });
  return pieces;
}

function cutOffset(text: string): number {
  const earliest = MAX_SECTION_CHARS / 2;
  for (const mark of ["\n", ". ", " "]) {
    const at = text.lastIndexOf(mark, MAX_SECTION_CHARS - mark.length);
    if (at >= earliest) return at + mark.length;
  }
  const unit = text.charCodeAt(MAX_SECTION_CHARS - 1);
  const splitsPair = unit >= 0xd800 && unit <= 0xdbff;
  return splitsPair ? MAX_SECTION_CHARS - 1 : MAX_SECTION_CHARS;
}
