import { type ChunkSegment, SEGMENT_SEPARATOR } from "../../db/schema/segment.ts";
import { fold, lexemes } from "./lexemes.ts";
import { isAcronym } from "./names.ts";
import { type Reading, readText, type Token } from "./reading.ts";
import { sentences, type TextRange } from "./sentences.ts";
import { unitOf } from "./units.ts";

/** What anchoring needs of a passage: any `Passage` of retrieval has it. */
export type SourcePassage = {
  document_id: string;
  version: number;
  filename: string;
  heading_path: string[];
  segments: ChunkSegment[];
  text: string;
};

/** A sentence of a passage; `range` is in UTF-16 offsets into the passage's text. */
export type Part = { range: TextRange; reading: Reading; keys: Set<string> };

/** A passage read once: its sentences by page, and what its words say about names, units and language. */
export type PreparedPassage = { pages: Array<{ bound: TextRange; parts: Part[] }>; context: Context };

/** What surrounds a span: words of the passage, its headings and file name. */
export type Context = {
  /** Folded words. */
  words: Set<string>;
  /** Folded words that are names for sure somewhere. */
  names: Set<string>;
  /** First letters of the content words, in order, and the initials written out: each may stand for the other. */
  initials: string;
  acronyms: Set<string>;
  dimensions: Set<string>;
  language: "fr" | "en" | null;
};

/** A passage is the same object for a whole answer; nothing is kept longer than it. */
const prepared = new WeakMap<SourcePassage, PreparedPassage>();
const foldedTexts = new WeakMap<SourcePassage, string>();

/** The passage as the guard reads it, worked out once however many sentences cite it. */
export function preparePassage(passage: SourcePassage): PreparedPassage {
  const known = prepared.get(passage);
  if (known) return known;
  const pages = pageBounds(passage).map((bound) => ({ bound, parts: partsOf(passage.text, bound) }));
  const context = contextOf(
    pages.flatMap(({ parts }) => parts),
    passage,
  );
  const made = { pages, context };
  prepared.set(passage, made);
  return made;
}

/** The most of a claim's words that a passage can hold, by looking for their beginnings in it: it costs no reading. */
export function mayHold(passage: SourcePassage, keys: string[]): number {
  const text = foldedTexts.get(passage) ?? fold(passage.text);
  foldedTexts.set(passage, text);
  return keys.filter((key) => text.includes(key)).length / Math.max(1, keys.length);
}

/** The context of several passages together. */
export function joinContexts(contexts: Context[]): Context {
  const all = <T>(pick: (context: Context) => Set<T>) =>
    new Set(contexts.flatMap((context) => [...pick(context)]));
  return {
    words: all(({ words }) => words),
    names: all(({ names }) => names),
    initials: contexts.map(({ initials }) => initials).join(" "),
    acronyms: all(({ acronyms }) => acronyms),
    dimensions: all(({ dimensions }) => dimensions),
    language: contexts[0]?.language ?? null,
  };
}

/** Where each page's part stands in the passage's text. */
export function pageBounds(passage: Pick<SourcePassage, "segments">): TextRange[] {
  let start = 0;
  return passage.segments.map((segment) => {
    const bound = { start, end: start + segment.end - segment.start };
    start = bound.end + SEGMENT_SEPARATOR.length;
    return bound;
  });
}

/** French or English by the small words that only one of them has, or null. */
export function languageOf(tokens: Iterable<Pick<Token, "word">>): "fr" | "en" | null {
  let french = 0;
  let english = 0;
  for (const { word } of tokens) {
    if (FRENCH.has(word)) french++;
    else if (ENGLISH.has(word)) english++;
  }
  if (french === english) return null;
  return french > english ? "fr" : "en";
}

const FRENCH = new Set(
  "le la les l d de du des un une est sont et dans pour que qui qu par sur au aux il elle ce cette se sa son".split(
    " ",
  ),
);
const ENGLISH = new Set(
  "the of and to in is are was were for that with by as it its from at be has have this which he she they".split(
    " ",
  ),
);

function partsOf(text: string, bound: TextRange): Part[] {
  return sentences(text.slice(bound.start, bound.end)).map(({ start, end }) => {
    const range = { start: bound.start + start, end: bound.start + end };
    const reading = readText(text.slice(range.start, range.end), range.start);
    const keys = new Set<string>();
    for (const token of reading.tokens) for (const key of token.keys) keys.add(key);
    return { range, reading, keys };
  });
}

function contextOf(parts: Part[], { heading_path, filename }: SourcePassage): Context {
  const tokens = parts.flatMap(({ reading }) => reading.tokens);
  const title = lexemes([...heading_path, filename.replace(/[_-]+/g, " ")].join(" "));
  const words = new Set<string>();
  const names = new Set<string>();
  const acronyms = new Set<string>();
  const dimensions = new Set<string>();
  let initials = "";
  for (const { word, raw, name, keys, quantity, dates } of tokens) {
    words.add(word);
    // A fact is one token of several words.
    if (quantity || dates) for (const each of lexemes(raw)) words.add(each.word);
    if (name === "certain") names.add(word);
    if (name && word.length >= 3 && isAcronym(raw)) acronyms.add(word);
    if (keys.length > 0) initials += word.charAt(0);
    const unit = unitOf(word);
    if (unit) dimensions.add(unit.dimension);
  }
  for (const { word, raw } of title) {
    words.add(word);
    if (word.length >= 3 && isAcronym(raw)) acronyms.add(word);
  }
  return { words, names, initials, acronyms, dimensions, language: languageOf(tokens) };
}
