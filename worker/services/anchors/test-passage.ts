import type { Doubt } from "../../db/schema/answer.ts";
import { citeSentence } from "./cite.ts";
import type { SourcePassage } from "./prepare-passage.ts";

/** A passage of one page for tests; `of` overrides what matters to one. */
export function passageOf(text: string, of: Partial<SourcePassage> = {}): SourcePassage {
  return {
    document_id: "document",
    version: 1,
    filename: "source.pdf",
    heading_path: [],
    segments: [{ page: 1, kind: "page", label: null, start: 0, end: text.length }],
    text,
    ...of,
  };
}

/** What is doubtful of a sentence that cites a passage alone; null when it is verified. */
export function doubtOf(sentence: string, passage: string, of: Partial<SourcePassage> = {}): Doubt | null {
  const range = { start: 0, end: sentence.length };
  const [citation] = citeSentence({ text: sentence, range, sources: [1] }, [passageOf(passage, of)]);
  if (!citation) throw new Error("no anchor");
  return citation.reason;
}
