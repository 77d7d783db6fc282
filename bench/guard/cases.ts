import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { SourcePassage } from "../../worker/services/anchors/prepare-passage.ts";
import { sentences } from "../../worker/services/anchors/sentences.ts";
import type { GuardCase } from "./evaluate.ts";
import { namesIn } from "./mutate-names.ts";
import { hash } from "./splice.ts";

type Question = { id: string; lang: "fr" | "en"; doc: string | null; evidence_text: string | null };

/** Characters of a passage, and how many an answer has, as in Ancre. */
const PASSAGE_CHARACTERS = 1_000;
const PASSAGES = 8;
/** Sentences that an answer could have: no headings, no cells, no whole paragraphs. */
const SENTENCE_CHARACTERS = { min: 40, max: 400 };
/** Names of the corpus that each case may take from, beside those of its passage. */
const FOREIGN_NAMES = 12;

/** The halves of the cases, by a hash of the question's id: one to tune on, one to look at in the end. */
export type Half = "dev" | "held-out";

/**
 * Cases out of a folder with questions.jsonl: every sentence of each question's evidence, once, with the passage around
 * it and others of the same document. Evidence of a file that isn't text is a passage by itself.
 */
export async function readCases(data: string): Promise<Record<Half, GuardCase[]>> {
  const lines = (await readFile(join(data, "questions.jsonl"), "utf8")).split("\n").filter(Boolean);
  const questions = lines.map((line) => JSON.parse(line) as Question);
  const texts = new Map<string, string>();
  for (const doc of new Set(questions.map((question) => question.doc))) {
    if (doc && /\.(?:md|txt)$/.test(doc) && existsSync(join(data, doc))) {
      texts.set(doc, await readFile(join(data, doc), "utf8"));
    }
  }
  const pool = namesIn([...texts.values()].join("\n")).filter((name) => name.length > 3);
  const halves: Record<Half, GuardCase[]> = { dev: [], "held-out": [] };
  const seen = new Set<string>();
  for (const { id, lang, doc, evidence_text: evidence } of questions) {
    if (!evidence || !doc) continue;
    const text = texts.get(doc);
    const passages = passagesAround(
      text?.includes(evidence) ? text : evidence,
      evidence,
      doc,
      nextTo(doc, texts),
    );
    for (const { start, end } of sentences(evidence)) {
      const sentence = evidence.slice(start, end);
      const { min, max } = SENTENCE_CHARACTERS;
      if (sentence.length < min || sentence.length > max || seen.has(sentence)) continue;
      seen.add(sentence);
      const foreign = Array.from(
        { length: FOREIGN_NAMES },
        (_, turn) => pool[hash(`${id} ${turn}`) % pool.length] ?? "",
      );
      const names = [...namesIn(passages[0]?.text ?? ""), ...foreign].filter(Boolean);
      const language = languageOf(sentence, lang);
      halves[hash(id) % 2 === 0 ? "dev" : "held-out"].push({ id, language, sentence, passages, names });
    }
  }
  return halves;
}

/** A question may be asked in another language than its document. */
function languageOf(sentence: string, fallback: "fr" | "en"): "fr" | "en" {
  const french = sentence.match(/\b(?:le|la|les|des|une|est|dans|et|du|qui)\b/gi)?.length ?? 0;
  const english = sentence.match(/\b(?:the|of|and|to|is|in|that|was|for)\b/gi)?.length ?? 0;
  return french === english ? fallback : french > english ? "fr" : "en";
}

function passagesAround(text: string, evidence: string, doc: string, next: string): SourcePassage[] {
  const at = Math.max(0, text.indexOf(evidence));
  const spare = Math.max(0, PASSAGE_CHARACTERS - evidence.length) / 2;
  const start = lineOrWord(text, Math.max(0, at - spare));
  const end = Math.max(
    at + evidence.length,
    lineOrWord(text, Math.min(text.length, at + evidence.length + spare)),
  );
  const parts = [toPassage(text, start, end, doc)];
  for (let from = 0; from < text.length && parts.length < PASSAGES; from += PASSAGE_CHARACTERS) {
    const to = Math.min(text.length, from + PASSAGE_CHARACTERS);
    if (to <= start || from >= end) parts.push(toPassage(text, from, to, doc));
  }
  for (let from = 0; from < next.length && parts.length < PASSAGES; from += PASSAGE_CHARACTERS) {
    parts.push(toPassage(next, from, Math.min(next.length, from + PASSAGE_CHARACTERS), doc));
  }
  return parts;
}

/** The text that fills up the passages of a short document: the ones after it in the folder. */
function nextTo(doc: string, texts: Map<string, string>): string {
  const docs = [...texts.keys()].sort();
  const at = docs.indexOf(doc);
  return [1, 2, 3, 4].map((step) => texts.get(docs[(at + step) % docs.length] ?? "") ?? "").join("\n");
}

/** The end of the line or sentence before an offset, so that a passage begins where a sentence does. */
function lineOrWord(text: string, offset: number): number {
  const before = Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf(". ", offset - 2) + 1);
  return before > offset - PASSAGE_CHARACTERS / 2 ? before + 1 : offset;
}

function toPassage(text: string, start: number, end: number, doc: string): SourcePassage {
  return {
    document_id: doc,
    version: 1,
    filename: basename(doc),
    heading_path: [],
    segments: [{ page: 1, kind: "section", label: null, start, end }],
    text: text.slice(start, end),
  };
}
