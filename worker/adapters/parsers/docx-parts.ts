import { ParseFailure } from "../../ports/document-parser.ts";
import { decodeText } from "./text-encoding.ts";
import { refuseDoctype } from "./xml.ts";
import type { GuardedZip } from "./zip-guard.ts";

/** Parts that hold text or what gives it meaning; media, themes, fonts and embedded files are never inflated. */
const READ =
  /^(\[Content_Types\]\.xml|_rels\/\.rels|word\/(_rels\/)?(document\d*|styles|numbering|footnotes|endnotes)\.xml(\.rels)?)$/;
const BODY = /^word\/(document\d*|footnotes|endnotes)\.xml$/;
const MAIN = /^word\/document\d*\.xml$/;

/** The XML parts of a Word document by name; `main` names the one with the body. */
export type WordParts = { main: string; parts: Record<string, string> };

/**
 * Reads the parts of a Word document, made safe, small and complete for mammoth: no document type declaration, no
 * formatting, no hidden text, and what mammoth ignores (formulas, page-break-before) written as what it reads.
 * Throws `ParseFailure`.
 */
export function readWordParts(zip: GuardedZip): WordParts {
  const parts: Record<string, string> = {};
  for (const name of zip.names().filter((candidate) => READ.test(candidate))) {
    const bytes = zip.read(name);
    if (!bytes) continue;
    const source = decodeText(bytes).replace(/^\uFEFF/, "");
    refuseDoctype(source);
    parts[name] = BODY.test(name) ? readableBody(source) : source;
  }
  const main = Object.keys(parts).find((name) => MAIN.test(name));
  if (main === undefined) throw new ParseFailure("corrupt", "no main document part");
  return { main, parts };
}

/**
 * The patterns below look at most a few thousand characters ahead: that is more than any element they match, and a
 * file of unclosed elements costs linear time.
 */
function readableBody(source: string): string {
  const utf8 = source.replace(/^(<\?xml[^<>]*?)encoding="[^"]*"/, '$1encoding="UTF-8"');
  return withPageBreaks(formulasAsRuns(withoutHiddenRuns(withoutFormatting(utf8))));
}

/** Nine tenths of a Word body are formatting; of run properties only the marks of deletion and hiding matter. */
function withoutFormatting(source: string): string {
  return source
    .replace(/ w:rsid\w*="[^"]*"/g, "")
    .replace(/<w:(proofErr|lastRenderedPageBreak)\b[^<>]*\/>/g, "")
    .replace(/<w:(rPrChange|pPrChange)\b[^<>]*>[\s\S]{0,4000}?<\/w:\1>/g, "")
    .replace(/<w:rPr>[\s\S]{0,4000}?<\/w:rPr>/g, (properties) =>
      /<w:(del|vanish)\b/.test(properties) ? properties : "",
    );
}

/** Text that Word hides from the reader (`w:vanish`) can't be quoted to one. */
function withoutHiddenRuns(source: string): string {
  return source.replace(/<w:r><w:rPr>[\s\S]{0,4000}?<\/w:rPr>[\s\S]{0,20000}?<\/w:r>/g, (run) => {
    const hidden = /<w:vanish\b(?! w:val="(?:0|false|off)")/.test(run) && !/<w:(p|r)[ >]/.test(run.slice(4));
    return hidden ? "" : run;
  });
}

function withPageBreaks(source: string): string {
  return source.replace(
    /<w:pageBreakBefore(?: w:val="(?:1|true|on)")? *\/>(?:(?!<w:pPr\b)[\s\S]){0,4000}?<\/w:pPr>/g,
    (properties) => `${properties}<w:r><w:br w:type="page"/></w:r>`,
  );
}

/** Formulas (OMML, ECMA-376 part 1, 22.1) become runs, a fraction "a/b"; their structure is dropped. */
function formulasAsRuns(source: string): string {
  if (!source.includes("<m:oMath")) return source;
  return source
    .replace(/<m:(\w+Pr)\b(?:[^<>]*\/>|[^<>]*>[\s\S]{0,4000}?<\/m:\1>)/g, "")
    .replace(/<m:den>/g, "<m:den><m:r><m:t>/</m:t></m:r>")
    .replace(/<(\/?)m:(r|t)(?=[\s/>])/g, "<$1w:$2")
    .replace(/<(\/?)m:\w+/g, "<$1w:smartTag");
}
