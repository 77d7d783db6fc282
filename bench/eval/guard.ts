import type { ApiClient } from "../../dev/client/api.ts";
import type { SourcePassage } from "../../worker/services/anchors/prepare-passage.ts";
import { detectQuestionLanguage } from "../../worker/services/retrieval/language.ts";
import { evaluateGuard, type GuardCase } from "../guard/evaluate.ts";
import { namesIn } from "../guard/mutate-names.ts";
import type { Answer } from "./answers.ts";
import type { Measures } from "./retrieval.ts";

/** Names of other answers' passages that each case may take from, beside those of its own. */
const FOREIGN_NAMES = 12;

type Hit = Pick<SourcePassage, "document_id" | "version" | "filename" | "heading_path" | "text"> & {
  page: number;
  page_kind: SourcePassage["segments"][number]["kind"];
  page_label: string | null;
  char_start: number;
  char_end: number;
};

/** The passages an assistant has for a question, as the guard reads them. */
export async function passagesFor(
  api: ApiClient,
  assistantId: string,
  query: string,
): Promise<SourcePassage[]> {
  const { data } = await api.json<{ data: Hit[] }>("POST", "/search", {
    query,
    assistant_id: assistantId,
    top_k: 8,
  });
  return data.map((hit) => {
    const { page, page_kind: kind, page_label: label, char_start: start } = hit;
    return { ...hit, segments: [{ page, kind, label, start, end: start + hit.text.length }] };
  });
}

/** Mutates the verified sentences of real answers, and rewrites them faithfully: what is caught, what is flagged. */
export function evaluateGuardOn(answers: Answer[]): Measures {
  const pool = [
    ...new Set(answers.flatMap(({ passages }) => passages.slice(0, 1).flatMap(({ text }) => namesIn(text)))),
  ];
  const cases = answers.flatMap((answer, index): GuardCase[] =>
    answer.citations.flatMap((citation) => {
      const cited = answer.passages.find(
        ({ document_id, text }) => document_id === citation.document_id && text.includes(citation.quote),
      );
      if (!citation.verified || !cited) return [];
      const sentence = answer.text.slice(citation.answer_start, citation.answer_end);
      const foreign = Array.from(
        { length: FOREIGN_NAMES },
        (_, turn) => pool[(index * 31 + turn * 7) % Math.max(1, pool.length)] ?? "",
      );
      return [
        {
          id: answer.question.id,
          // An answer that quotes speaks the document's language, not the question's.
          language: detectQuestionLanguage(sentence) ?? answer.question.lang,
          sentence,
          passages: [cited, ...answer.passages.filter((passage) => passage !== cited)],
          names: [...namesIn(cited.text), ...foreign].filter((name) => name.length > 3),
        },
      ];
    }),
  );
  const { kinds, falseAlarms } = evaluateGuard(cases);
  const measures: Measures = {};
  for (const [kind, { count, caught }] of Object.entries(kinds))
    measures[`guard: ${kind}`] = ones(count, caught);
  measures["guard: false alarm"] = ones(falseAlarms.count, falseAlarms.flagged);
  return measures;
}

function ones(count: number, ofThem: number): number[] {
  return Array.from({ length: count }, (_, index) => (index < ofThem ? 1 : 0));
}
