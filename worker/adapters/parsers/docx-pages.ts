import { nodeBlocks, PAGE_BREAK } from "./docx-blocks.ts";
import type { WordDocument } from "./docx-nodes.ts";
import { paragraph, type TextBlock } from "./text-blocks.ts";

/** Collects the blocks of each page of a Word document that comes in slices. */
export type PageCollector = { add(document: WordDocument): void; finish(): TextBlock[][] };

/** Pages are cut at explicit page breaks; a page ends with the notes that it calls, labelled "[n]". */
export function collectPages(): PageCollector {
  const pages: TextBlock[][] = [];
  let blocks: TextBlock[] = [];
  let notes: TextBlock[] = [];
  let noted = 0;
  const turnPage = () => {
    pages.push([...blocks, ...notes]);
    blocks = [];
    notes = [];
  };
  return {
    add(document) {
      for (const node of document.children) {
        const found = nodeBlocks(node, 0, (reference) => {
          noted += 1;
          const body = document.notes.resolve(reference)?.body ?? [];
          const texts = body.flatMap((child) => nodeBlocks(child, 0, () => {})).map((block) => block.text);
          notes.push(...texts.map((text, at) => paragraph(at === 0 ? `[${noted}] ${text}` : text)));
        });
        for (const block of found) {
          const [before = "", ...after] = block.text.split(PAGE_BREAK);
          blocks.push({ ...block, text: before });
          for (const text of after) {
            turnPage();
            const level = before.trim() === "" ? block.level : 0;
            blocks.push({ text, level, follows: block.follows });
          }
        }
      }
    },
    finish() {
      turnPage();
      return pages;
    },
  };
}
