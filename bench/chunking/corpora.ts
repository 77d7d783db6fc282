import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { bytesSource } from "../../worker/adapters/parsers/bytes-source.ts";
import { createDocumentParser } from "../../worker/adapters/parsers/document-parser.ts";
import type { DocumentParser, ParsedPage } from "../../worker/ports/document-parser.ts";
import { detectTextLanguage, type TextLanguage } from "../../worker/services/retrieval/language.ts";
import type { InkRange } from "../eval/alignment.ts";
import { corpusFiles, type EvaluatedDocument, openDocument } from "../eval/library.ts";
import type { Question } from "../eval/questions.ts";
import { locateEvidence } from "../eval/retrieval.ts";

export type SourceDocument = {
  id: string;
  filename: string;
  pages: ParsedPage[];
  language: TextLanguage;
};

/** A question and where in its document's ink the evidence stands. */
export type LocatedQuestion = { question: Question; evidence: InkRange[] };

/** What one collection holds and what is asked of it. */
export type Corpus = {
  collectionId: string;
  sources: SourceDocument[];
  documents: Map<string, EvaluatedDocument>;
  questions: LocatedQuestion[];
};

/** Reads every corpus that is asked about, with the parsers of ingestion. */
export async function readCorpora(data: string, questions: Question[]): Promise<Corpus[]> {
  const parser = createDocumentParser({ cmap });
  const corpora: Corpus[] = [];
  for (const name of new Set(questions.map(({ corpus }) => corpus))) {
    const corpus: Corpus = {
      collectionId: crypto.randomUUID(),
      sources: [],
      documents: new Map(),
      questions: [],
    };
    for (const file of await corpusFiles(data, name, questions)) {
      const bytes = await readFile(join(data, file));
      const pages = await readPages(parser, file, bytes);
      const id = crypto.randomUUID();
      const language = detectTextLanguage(pages.map(({ text }) => text).join("\n"));
      corpus.sources.push({ id, filename: basename(file), pages, language });
      corpus.documents.set(id, openDocument(file, pages, bytes));
    }
    corpus.questions = questions
      .filter((question) => question.corpus === name)
      .map((question) => ({ question, evidence: locateEvidence(corpus, question) }));
    corpora.push(corpus);
  }
  return corpora;
}

async function readPages(parser: DocumentParser, file: string, bytes: Uint8Array): Promise<ParsedPage[]> {
  const opened = await parser.open({ source: bytesSource(bytes), filename: basename(file) });
  const pages: ParsedPage[] = [];
  for await (const page of opened.pages(1)) pages.push(page);
  await opened.close();
  return pages;
}

async function cmap(name: string): Promise<Uint8Array> {
  return readFile(new URL(`cmaps/${name}`, import.meta.resolve("pdfjs-dist/package.json")));
}
