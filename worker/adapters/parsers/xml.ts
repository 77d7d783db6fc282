import { XMLParser } from "fast-xml-parser";
import { ParseFailure } from "../../ports/document-parser.ts";
import { decodeText } from "./text-encoding.ts";

/** An element without its namespace prefix. Attributes keep theirs. Text nodes have name "#text". */
export type XmlNode = { name: string; attributes: Record<string, string>; children: XmlNode[]; text: string };

/** Elements inside elements; Office nests about 40, and a recursive reader must not run out of stack. */
const MAX_DEPTH = 500;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
});

/**
 * Parses one XML part of an Office file. Only the five predefined and the numeric entities are decoded: a
 * document type declaration, the door to every other entity, is refused. Throws `ParseFailure` "corrupt".
 */
export function readXml(bytes: Uint8Array): XmlNode {
  const source = decodeText(bytes);
  refuseDoctype(source);
  try {
    const children = (parser.parse(source) as unknown[]).map((node) => toNode(node, 0));
    return { name: "", attributes: {}, children, text: "" };
  } catch (error) {
    if (error instanceof ParseFailure) throw error;
    throw new ParseFailure("corrupt", "XML part can't be parsed", { cause: error });
  }
}

/** Office Open XML forbids document type declarations (ECMA-376 part 2, 8.1.4). Throws `ParseFailure` "corrupt". */
export function refuseDoctype(source: string): void {
  if (/<!DOCTYPE/i.test(source))
    throw new ParseFailure("corrupt", "XML part with a document type declaration");
}

/** Every descendant of that name, in document order, without looking inside a match. */
export function* descendants(node: XmlNode, name: string): Generator<XmlNode> {
  for (const child of node.children) {
    if (child.name === name) yield child;
    else yield* descendants(child, name);
  }
}

export function firstChild(node: XmlNode | undefined, name: string): XmlNode | undefined {
  return node?.children.find((child) => child.name === name);
}

export function firstDescendant(node: XmlNode, name: string): XmlNode | undefined {
  return descendants(node, name).next().value ?? undefined;
}

/** All text below a node, in order. */
export function textOf(node: XmlNode): string {
  return node.text + node.children.map(textOf).join("");
}

function toNode(raw: unknown, depth: number): XmlNode {
  if (depth > MAX_DEPTH) throw new ParseFailure("corrupt", "XML nested too deep");
  const record = raw as Record<string, unknown>;
  const key = Object.keys(record).find((name) => name !== ":@") ?? "#text";
  if (key === "#text") {
    return { name: "#text", attributes: {}, children: [], text: decodeEntities(String(record[key] ?? "")) };
  }
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries((record[":@"] ?? {}) as Record<string, unknown>)) {
    attributes[name] = decodeEntities(String(value));
  }
  const children = (record[key] as unknown[]).map((child) => toNode(child, depth + 1));
  return { name: key.slice(key.indexOf(":") + 1), attributes, children, text: "" };
}

const NAMED_ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function decodeEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi,
    (whole, hex, decimal, named) => {
      if (named) return NAMED_ENTITIES[String(named).toLowerCase()] ?? whole;
      const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
