import { type ParsedDocument, ParseFailure, type ReadPage } from "../../ports/document-parser.ts";
import { PPTX } from "./media-types.ts";
import { pageListDocument } from "./page-list.ts";
import { followRelation, readRelations } from "./pptx-relations.ts";
import { type DeckPart, notesBlocks, slideBlocks } from "./pptx-shapes.ts";
import { composePage, droppedBlock, paragraph, type TextBlock } from "./text-blocks.ts";
import { descendants, firstDescendant, readXml } from "./xml.ts";
import type { GuardedZip } from "./zip-guard.ts";

/** UTF-16 units of a slide's label. */
const MAX_LABEL_CHARS = 200;
const PRESENTATION = "ppt/presentation.xml";

/**
 * Reads a PowerPoint deck: slides in the order of the show (hidden ones too), each followed by its speaker notes
 * after a line "Notes:". Masters and layouts aren't text of the deck. Throws `ParseFailure`: "corrupt",
 * "too_large", "encrypted" or "no_text".
 */
export async function openPptx(zip: GuardedZip): Promise<ParsedDocument> {
  const bytes = zip.read(PRESENTATION);
  if (!bytes) throw new ParseFailure("corrupt", "no presentation part");
  const relations = readRelations(zip, PRESENTATION);
  const list = firstDescendant(readXml(bytes), "sldIdLst");
  const pages: ReadPage[] = [];
  for (const slide of list ? descendants(list, "sldId") : []) {
    const path = relations.get(slide.attributes["r:id"] ?? relationId(slide.attributes) ?? "")?.path;
    pages.push(readSlide(zip, path, pages.length + 1));
  }
  return pageListDocument(PPTX, pages, "no_text");
}

/** The id under whatever prefix the file binds to the relationships namespace; "id" itself is the slide's own. */
function relationId(attributes: Record<string, string>): string | undefined {
  return Object.entries(attributes).find(([name]) => name.endsWith(":id"))?.[1];
}

function readSlide(zip: GuardedZip, path: string | undefined, number: number): ReadPage {
  const bytes = path === undefined ? null : zip.read(path);
  if (path === undefined || !bytes) {
    return { number, kind: "slide", label: null, ...composePage([droppedBlock("broken_content")]) };
  }
  const part: DeckPart = { zip, relations: readRelations(zip, path) };
  const blocks = [...slideBlocks(readXml(bytes), part), ...readNotes(part)];
  const page = composePage(blocks);
  const label = page.headings[0]?.title.slice(0, MAX_LABEL_CHARS).toWellFormed() ?? null;
  return { number, kind: "slide", label, ...page };
}

function readNotes(part: DeckPart): TextBlock[] {
  const path = followRelation(part.relations, "notesSlide");
  const bytes = path === undefined ? null : part.zip.read(path);
  const notes = bytes ? notesBlocks(readXml(bytes)) : [];
  if (!notes.some((block) => block.text.trim() !== "")) return [];
  return [
    paragraph("Notes:"),
    ...notes.map((block, index) => ({ ...block, level: 0, follows: index === 0 || block.follows })),
  ];
}
