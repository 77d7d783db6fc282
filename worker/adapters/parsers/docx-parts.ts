import { ParseFailure } from "../../ports/document-parser.ts";
import { decodeText } from "./text-encoding.ts";
import { refuseDoctype } from "./xml.ts";
import type { GuardedZip } from "./zip-guard.ts";

/** Parts that hold text or what gives it meaning; media, themes, fonts and embedded files are never inflated. */
const READ =
  /^(\[Content_Types\]\.xml|_rels\/\.rels|word\/(_rels\/)?(document\d*|styles|numbering|footnotes|endnotes)\.xml(\.rels)?)$/;
const BODY = /^word\/(document\d*|footnotes|endnotes)\.xml$/;

/**
 * The XML parts of a Word document, made safe and complete for mammoth: no document type declaration, no byte
 * order mark, and what mammoth ignores written as what it reads (formulas, page-break-before).
 * Throws `ParseFailure`.
 */
export function readWordParts(zip: GuardedZip): Record<string, Uint8Array> {
  const parts: Record<string, Uint8Array> = {};
  for (const name of zip.names().filter((candidate) => READ.test(candidate))) {
    const bytes = zip.read(name);
    if (!bytes) continue;
    const source = decodeText(bytes).replace(/^\uFEFF/, "");
    refuseDoctype(source);
    parts[name] = new TextEncoder().encode(BODY.test(name) ? readableBody(source) : source);
  }
  if (!Object.keys(parts).some((name) => /^word\/document\d*\.xml$/.test(name))) {
    throw new ParseFailure("corrupt", "no main document part");
  }
  return parts;
}

function readableBody(source: string): string {
  return formulasAsRuns(source.replace(/^(<\?xml[^>]*?)encoding="[^"]*"/, '$1encoding="UTF-8"')).replace(
    /(<w:pageBreakBefore(?:\s+w:val="(?:1|true|on)")?\s*\/>(?:(?!<w:pPr\b)[\s\S])*?<\/w:pPr>)/g,
    `$1<w:r><w:br w:type="page"/></w:r>`,
  );
}

/** Formulas (OMML, ECMA-376 part 1, 22.1) become runs, a fraction "a/b"; their structure is dropped. */
function formulasAsRuns(source: string): string {
  if (!source.includes("<m:oMath")) return source;
  return source
    .replace(/<m:\w+Pr\b(?:[^>]*\/>|[\s\S]*?<\/m:\w+Pr>)/g, "")
    .replace(/<m:den>/g, "<m:den><m:r><m:t>/</m:t></m:r>")
    .replace(/<(\/?)m:(r|t)(?=[\s/>])/g, "<$1w:$2")
    .replace(/<(\/?)m:\w+/g, "<$1w:smartTag");
}
