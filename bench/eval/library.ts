import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ApiClient } from "../../dev/client/api.ts";
import type { PageJson } from "../../dev/client/shapes.ts";
import { alignInk, type Ink, type InkRange, inkOf, sourceRanges } from "./alignment.ts";
import type { Question } from "./questions.ts";

/** A span of a document as the API names it: on its first page it begins, on its last it ends. */
export type Span = { page: number; page_end: number; char_start: number; char_end: number };

export type EvaluatedDocument = {
  /** Its path under DATA */
  file: string;
  pages: PageJson[];
  /** The file's own ink; null for a format whose bytes are no text. */
  source: Ink | null;
  /** The part of the file that a span was read from. */
  locate(span: Span): InkRange[];
};

export type Library = { collectionId: string; documents: Map<string, EvaluatedDocument> };

const UPLOADS_AT_ONCE = 3;

/** The files of a corpus: all of a benchmark's folder, or for `docs` those that questions ask about. */
export async function corpusFiles(data: string, corpus: string, questions: Question[]): Promise<string[]> {
  if (corpus !== "docs") return (await readdir(join(data, corpus))).sort().map((name) => `${corpus}/${name}`);
  const named = questions.flatMap(({ doc }) => (doc?.startsWith("docs/") ? [doc] : []));
  return [...new Set(named)].sort();
}

/** Uploads files into a collection of their own and reads back what Ancre made of each. */
export async function buildLibrary(api: ApiClient, data: string, name: string, files: string[]) {
  const { id: collectionId } = await api.json<{ id: string }>("POST", "/collections", { name });
  const documents = new Map<string, EvaluatedDocument>();
  const waiting = [...files];
  const upload = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      const { id } = await api.upload(collectionId, join(data, file));
      const { status, pages_total } = await api.settle(id);
      if (status !== "ready") throw new Error(`${file} could not be read`);
      const pages: PageJson[] = [];
      for (let number = 1; number <= (pages_total ?? 0); number++) pages.push(await api.page(id, number));
      documents.set(id, openDocument(file, pages, await readFile(join(data, file))));
    }
  };
  await Promise.all(Array.from({ length: UPLOADS_AT_ONCE }, upload));
  return { collectionId, documents } satisfies Library;
}

/** A document as its pages were read, and where each span of them stands in the file. */
export function openDocument(file: string, pages: PageJson[], bytes: Uint8Array): EvaluatedDocument {
  const inks = pages.map(({ text }) => inkOf(text));
  const starts: number[] = [];
  let length = 0;
  for (const { characters } of inks) {
    starts.push(length);
    length += characters.length;
  }
  const source = /\.(md|txt)$/.test(file) ? inkOf(new TextDecoder().decode(bytes)) : null;
  const places = source && alignInk(inks.map(({ characters }) => characters).join(""), source.characters);
  const inkAt = (page: number, offset: number) =>
    (starts[page - 1] ?? length) + (inks[page - 1]?.before[offset] ?? 0);
  return {
    file,
    pages,
    source,
    locate: ({ page, page_end, char_start, char_end }) =>
      places ? sourceRanges(places, inkAt(page, char_start), inkAt(page_end, char_end)) : [],
  };
}

/** Where a question's evidence stands in its document's ink. */
export function evidenceRanges(question: Question, text: string, ink: Ink): InkRange[] {
  const points = [...text];
  return (question.evidence ?? []).map(({ start, end }) => {
    const from = points.slice(0, start).join("").length;
    const to = from + points.slice(start, end).join("").length;
    return { start: ink.before[from] ?? 0, end: ink.before[to] ?? 0 };
  });
}
