import type { ApiClient } from "../../dev/client/api.ts";
import { type InkRange, lengthOf, shared } from "./alignment.ts";
import { createBaseline, type Window, windows } from "./baseline.ts";
import { evidenceRanges, type Library, type Span } from "./library.ts";
import { ndcgAt, recallAt, reciprocalRank } from "./metrics.ts";
import type { Question } from "./questions.ts";

/** What was found for a question, best first: by Ancre's `/search` or by the baseline. */
export type Found = { file: string; page: number; pageEnd: number; ranges: InkRange[] };

/** One value a question for each measure. */
export type Measures = Record<string, number[]>;

/** Hits asked for: Chroma's and the pages' measures are defined at 5, the others look at 10. */
const DEEP = 10;
const SHALLOW = 5;

/** How many hits a question's measures look at. */
export function depthOf({ dataset }: Question): number {
  return /^(piaf|xquad)/.test(dataset) ? DEEP : SHALLOW;
}

/** Asks every question of a corpus, of Ancre and of the baseline over the same files. */
export async function evaluateRetrieval(api: ApiClient, library: Library, questions: Question[]) {
  const ancre: Measures = {};
  const baseline: Measures = {};
  const search = createBaseline(baselineWindows(library));
  for (const question of questions) {
    const depth = depthOf(question);
    const evidence = locateEvidence(library, question);
    const hits = await searchApi(api, library, question.question, depth);
    score(ancre, question, evidence, hits);
    const windowsFound = search(question.question, depth);
    score(
      baseline,
      question,
      evidence,
      windowsFound.map((window) => ({ ...window, pageEnd: window.page })),
    );
  }
  return { ancre, baseline };
}

type Hit = Span & { document_id: string };

async function searchApi(api: ApiClient, library: Library, query: string, depth: number): Promise<Found[]> {
  const { data } = await api.json<{ data: Hit[] }>("POST", "/search", {
    query,
    collection_ids: [library.collectionId],
    top_k: depth,
  });
  return data.flatMap((hit) => {
    const document = library.documents.get(hit.document_id);
    if (!document) return [];
    return [{ file: document.file, page: hit.page, pageEnd: hit.page_end, ranges: document.locate(hit) }];
  });
}

/** Where a question's evidence stands in its document's ink; empty when the file's bytes are no text. */
export function locateEvidence(library: Pick<Library, "documents">, question: Question): InkRange[] {
  const document = [...library.documents.values()].find(({ file }) => file === question.doc);
  return document?.source ? evidenceRanges(question, document.source.text, document.source) : [];
}

function baselineWindows(library: Library): Window[] {
  return [...library.documents.values()].flatMap(({ file, source, pages }) => {
    if (!source) {
      return pages.flatMap((page) =>
        windows(page.text).map(({ start, end }) => ({
          file,
          page: page.number,
          ranges: [],
          text: page.text.slice(start, end),
        })),
      );
    }
    const { text, before } = source;
    return windows(text).map(({ start, end }) => ({
      file,
      page: 1,
      ranges: [{ start: before[start] ?? 0, end: before[end] ?? 0 }],
      text: text.slice(start, end),
    }));
  });
}

/** Adds a question's value to each measure of its dataset. */
export function score(measures: Measures, question: Question, evidence: InkRange[], found: Found[]): void {
  const add = (name: string, value: number) => {
    const values = measures[name] ?? [];
    values.push(value);
    measures[name] = values;
  };
  const { dataset } = question;
  const inDocument = found.filter(({ file }) => file === question.doc);
  if (dataset === "piaf" || dataset === "xquad") {
    // Relevant: the passage that holds the whole sentence that answers.
    const wanted = lengthOf(evidence);
    const rank = rankOf(found, (hit) => hit.file === question.doc && shared(hit.ranges, evidence) === wanted);
    add(`${dataset} Recall@5`, recallAt(rank, 5));
    add(`${dataset} Recall@10`, recallAt(rank, 10));
    add(`${dataset} nDCG@10`, ndcgAt(rank, 10));
    add(`${dataset} MRR`, reciprocalRank(rank));
  } else if (dataset === "chroma-chunking") {
    const retrieved = found.reduce((sum, { ranges }) => sum + lengthOf(ranges), 0);
    const both = shared(
      inDocument.flatMap(({ ranges }) => ranges),
      evidence,
    );
    const wanted = lengthOf(evidence);
    add("chroma recall", both / wanted);
    add("chroma precision", retrieved === 0 ? 0 : both / retrieved);
    add("chroma IoU", both / (wanted + retrieved - both));
  } else if (question.page !== null) {
    const pages = [question.page].flat();
    const right = ({ file, page }: Found) => file === question.doc && pages.includes(page);
    const rank = rankOf(found, right);
    add("search page@1", recallAt(rank, 1));
    add("search page@5", recallAt(rank, 5));
  } else {
    add(`${dataset} Recall@5`, inDocument.length > 0 ? 1 : 0);
  }
}

function rankOf(found: Found[], relevant: (hit: Found) => boolean): number | null {
  const index = found.findIndex(relevant);
  return index === -1 ? null : index + 1;
}
