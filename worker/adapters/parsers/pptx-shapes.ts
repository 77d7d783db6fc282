import type { Relations } from "./pptx-relations.ts";
import { droppedBlock, headingBlock, paragraph, rowBlock, type TextBlock } from "./text-blocks.ts";
import { descendants, firstChild, firstDescendant, readXml, textOf, type XmlNode } from "./xml.ts";
import type { GuardedZip } from "./zip-guard.ts";

/** A slide's surroundings: the archive and the relations of the slide part. */
export type DeckPart = { zip: GuardedZip; relations: Relations };

/** The text of a slide: its shapes in drawing order, which is the order a screen reader follows. */
export function slideBlocks(slide: XmlNode, part: DeckPart): TextBlock[] {
  const tree = firstDescendant(slide, "spTree");
  return tree ? tree.children.flatMap((shape) => shapeBlocks(shape, part)) : [];
}

/** The speaker notes of a notes slide: its body placeholder, or every text shape when it has none. */
export function notesBlocks(notes: XmlNode): TextBlock[] {
  const shapes = [...descendants(notes, "sp")];
  const bodies = shapes.filter((shape) => placeholder(shape) === "body");
  const read = bodies.length > 0 ? bodies : shapes.filter((shape) => placeholder(shape) === undefined);
  return read.flatMap(textShapeBlocks);
}

function shapeBlocks(shape: XmlNode, part: DeckPart): TextBlock[] {
  switch (shape.name) {
    case "sp":
    case "cxnSp":
      return textShapeBlocks(shape);
    case "grpSp":
      return shape.children.flatMap((child) => shapeBlocks(child, part));
    case "graphicFrame":
      return frameBlocks(shape, part);
    case "AlternateContent": {
      const chosen = firstChild(shape, "Choice") ?? firstChild(shape, "Fallback");
      return chosen ? chosen.children.flatMap((child) => shapeBlocks(child, part)) : [];
    }
    case "pic":
      return [droppedBlock("image")];
    default:
      return [];
  }
}

function textShapeBlocks(shape: XmlNode): TextBlock[] {
  const body = firstChild(shape, "txBody");
  if (!body) return [];
  const kind = placeholder(shape);
  // Slide numbers are fields that say nothing of the slide's content.
  if (kind === "sldNum") return [];
  const text = paragraphs(body);
  if (kind === "title" || kind === "ctrTitle") return [headingBlock(text.join(" "), 1)];
  return text.map((line, index) => ({ ...paragraph(line), follows: index > 0 }));
}

function frameBlocks(frame: XmlNode, part: DeckPart): TextBlock[] {
  const table = firstDescendant(frame, "tbl");
  if (table) return tableBlocks(table);
  const diagram = relatedPart(firstDescendant(frame, "relIds"), "dm", part);
  if (diagram) return diagramBlocks(diagram);
  const chart = relatedPart(firstDescendant(frame, "chart"), "id", part);
  return chart ? chartBlocks(chart) : [droppedBlock("object")];
}

function tableBlocks(table: XmlNode): TextBlock[] {
  return [...descendants(table, "tr")].map((row, index) => {
    const cells = row.children.filter((cell) => cell.name === "tc" && cell.attributes.hMerge !== "1");
    return rowBlock(
      cells.map((cell) => {
        const body = firstChild(cell, "txBody");
        return body ? paragraphs(body).join("\n") : "";
      }),
      index === 0,
    );
  });
}

/** SmartArt: each point of the data model that carries text, in the model's order. */
function diagramBlocks(diagram: XmlNode): TextBlock[] {
  return [...descendants(diagram, "pt")].flatMap((point, index) => {
    const body = firstChild(point, "t");
    const text = body ? paragraphs(body).join("\n") : "";
    return text.trim() === "" ? [] : [{ ...paragraph(text), follows: index > 0 }];
  });
}

/** A chart's titles, then one row per series: its name and "category: value" pairs. */
function chartBlocks(chart: XmlNode): TextBlock[] {
  const titles = [...descendants(chart, "title")].map((title) =>
    paragraph([...descendants(title, "t")].map(textOf).join("")),
  );
  const series = [...descendants(chart, "ser")].map((found, index) => {
    const [name] = values(firstChild(found, "tx"));
    const categories = values(firstChild(found, "cat"));
    const points = values(firstChild(found, "val")).map((value, at) =>
      categories[at] === undefined ? value : `${categories[at]}: ${value}`,
    );
    return rowBlock(
      [name ?? "", ...points].filter((cell) => cell !== ""),
      index === 0,
    );
  });
  return [...titles, ...series];
}

function values(node: XmlNode | undefined): string[] {
  return node ? [...descendants(node, "v")].map(textOf) : [];
}

function relatedPart(node: XmlNode | undefined, attribute: string, part: DeckPart): XmlNode | null {
  const id = Object.entries(node?.attributes ?? {}).find(([name]) => name.endsWith(`:${attribute}`))?.[1];
  const bytes = id === undefined ? null : part.zip.read(part.relations.get(id)?.path ?? "");
  return bytes ? readXml(bytes) : null;
}

function placeholder(shape: XmlNode): string | undefined {
  const properties = shape.children.find((child) => child.name === "nvSpPr");
  const mark = properties ? firstDescendant(properties, "ph") : undefined;
  return mark ? (mark.attributes.type ?? "obj") : undefined;
}

/** The paragraphs of a text body; a line break inside one is a space, since slides wrap titles by hand. */
function paragraphs(body: XmlNode): string[] {
  return [...descendants(body, "p")].map((node) => inlineText(node));
}

function inlineText(node: XmlNode): string {
  return node.children
    .map((child) => {
      if (child.name === "br") return " ";
      if (child.name === "tab") return "\t";
      if (child.name === "t") return textOf(child);
      return child.name === "#text" ? "" : inlineText(child);
    })
    .join("");
}
