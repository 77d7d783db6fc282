import { ParseFailure } from "../../ports/document-parser.ts";
import { DELETION } from "./docx-nodes.ts";
import { withSectionBreaks } from "./docx-sections.ts";
import { decodeText } from "./text-encoding.ts";
import { refuseDoctype } from "./xml.ts";
import { replaceSpans, type XmlSpan } from "./xml-spans.ts";
import type { GuardedZip } from "./zip-guard.ts";

/** Parts that hold text or what gives it meaning; media, themes, fonts and embedded files are never inflated. */
const READ =
  /^(\[Content_Types\]\.xml|_rels\/\.rels|word\/(_rels\/)?(document\d*|styles|numbering|footnotes|endnotes)\.xml(\.rels)?)$/;
/** Deletions that are counted: their marks make the XML longer. */
const MAX_DELETIONS = 5_000;
const BODY = /^word\/(document\d*|footnotes|endnotes)\.xml$/;
const MAIN = /^word\/document\d*\.xml$/;

const sameName = (prefix: string) => (open: RegExpExecArray) => `</${prefix}:${open[1]}>`;
/** What tracked changes of formatting replaced. */
const FORMER_PROPERTIES: XmlSpan = {
  open: /<w:(rPrChange|pPrChange|sectPrChange)\b[^<>]*(?<!\/)>/g,
  close: sameName("w"),
  most: 4000,
};
const RUN_PROPERTIES: XmlSpan = { open: /<w:rPr>/g, close: "</w:rPr>", most: 4000 };
const RUN: XmlSpan = { open: /<w:r><w:rPr>/g, close: "</w:r>", most: 24_000 };
const PAGE_BREAK_BEFORE: XmlSpan = {
  open: /<w:pageBreakBefore(?: w:val="(?:1|true|on)")? *\/>/g,
  close: "</w:pPr>",
  most: 4000,
};
const FORMULA_PROPERTIES: XmlSpan = {
  open: /<m:((?:acc|arg|bar|borderBox|box|ctrl|d|eqArr|f|func|groupChr|limLow|limUpp|m|math|mc|nary|oMathPara|phant|r|rad|sPre|sSub|sSubSup|sSup)Pr)\b[^<>]*>/g,
  close: sameName("m"),
  most: 4000,
};

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

/** Every step costs linear time, also in a file of elements that never end. */
function readableBody(source: string): string {
  const utf8 = source.replace(/^(<\?xml[^<>]*?)encoding="[^"]*"/, '$1encoding="UTF-8"');
  const visible = withoutHiddenRuns(withoutFormatting(utf8));
  return withPageBreaks(withSectionBreaks(formulasAsRuns(withDeletionMarks(visible))));
}

function withDeletionMarks(source: string): string {
  let marks = 0;
  return source.replace(/<w:del(?=[\s>])[^<>]*(?<!\/)>/g, (deletion) => {
    marks += 1;
    return marks > MAX_DELETIONS ? deletion : `<w:bookmarkStart w:id="0" w:name="${DELETION}"/>${deletion}`;
  });
}

/** Nine tenths of a Word body are formatting; of run properties only the marks of deletion and hiding matter. */
function withoutFormatting(source: string): string {
  const lean = source
    .replace(/ w:rsid\w*="[^"]*"/g, "")
    .replace(/<w:(proofErr|lastRenderedPageBreak)\b[^<>]*\/>/g, "");
  const current = replaceSpans(lean, FORMER_PROPERTIES, () => "");
  return replaceSpans(current, RUN_PROPERTIES, (properties) =>
    /<w:(del|vanish)\b/.test(properties) ? properties : "",
  );
}

/** Text that Word hides from the reader (`w:vanish`) can't be quoted to one. */
function withoutHiddenRuns(source: string): string {
  return replaceSpans(source, RUN, (run) => {
    const hidden = /<w:vanish\b(?! w:val="(?:0|false|off)")/.test(run) && !/<w:(p|r)[ >]/.test(run.slice(4));
    return hidden ? "" : run;
  });
}

function withPageBreaks(source: string): string {
  return replaceSpans(source, PAGE_BREAK_BEFORE, (properties) =>
    properties.includes("<w:pPr") ? properties : `${properties}<w:r><w:br w:type="page"/></w:r>`,
  );
}

/** Formulas (OMML, ECMA-376 part 1, 22.1) become runs, a fraction "a/b"; their structure is dropped. */
function formulasAsRuns(source: string): string {
  if (!source.includes("<m:oMath")) return source;
  return replaceSpans(source.replace(/<m:\w+Pr\b[^<>]*\/>/g, ""), FORMULA_PROPERTIES, () => "")
    .replace(/<m:den>/g, "<m:den><m:r><m:t>/</m:t></m:r>")
    .replace(/<(\/?)m:(r|t)(?=[\s/>])/g, "<$1w:$2")
    .replace(/<(\/?)m:\w+/g, "<$1w:smartTag");
}
