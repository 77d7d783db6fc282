import type { Candidate } from "../../worker/services/retrieval/candidates.ts";
import { depthOf, type Found, type Measures, score } from "../eval/retrieval.ts";
import type { ChunkIndex } from "./chunk-index.ts";
import type { Corpus } from "./corpora.ts";
import { type Fusion, openContest, passagesOf } from "./fusions.ts";

/** Candidates of each leg, as `retrieve` asks for them. */
const CANDIDATES_PER_PASSAGE = 5;
const MIN_CANDIDATES = 40;

/** Asks every question of what `index` holds, and scores each fusion on the same candidates. One answer a fusion. */
export async function measure(index: ChunkIndex, corpora: Corpus[], fusions: Fusion[]): Promise<Measures[]> {
  const measured = fusions.map((): Measures => ({}));
  for (const corpus of corpora) {
    for (const { question, evidence } of corpus.questions) {
      const depth = depthOf(question);
      const limit = Math.max(MIN_CANDIDATES, depth * CANDIDATES_PER_PASSAGE);
      const contest = openContest(question.question, await index.search(corpus, question.question, limit));
      for (const [at, fusion] of fusions.entries()) {
        const found = passagesOf(contest, fusion, depth).flatMap((passage) => toFound(corpus, passage));
        score(measured[at] ?? {}, question, evidence, found);
      }
    }
  }
  return measured;
}

/** A passage as `/search` would name it. */
function toFound({ documents }: Corpus, { document_id, segments }: Candidate): Found[] {
  const document = documents.get(document_id);
  const [first, last] = [segments[0], segments.at(-1)];
  if (!document || !first || !last) return [];
  const span = { page: first.page, page_end: last.page, char_start: first.start, char_end: last.end };
  return [{ file: document.file, page: span.page, pageEnd: span.page_end, ranges: document.locate(span) }];
}
