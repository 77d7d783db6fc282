import type { ApiClient } from "../../dev/client/api.ts";
import type { CitationJson } from "../../dev/client/shapes.ts";
import type { SourcePassage } from "../../worker/services/anchors/prepare-passage.ts";
import { passagesFor } from "./guard.ts";
import type { Library } from "./library.ts";
import type { Question } from "./questions.ts";
import type { Measures } from "./retrieval.ts";

/** An answer with its citations and the passages that the model was given. */
export type Answer = {
  question: Question;
  text: string;
  refused: boolean;
  citations: CitationJson[];
  passages: SourcePassage[];
};

type AnswerJson = { answer: string; refused: boolean; citations: CitationJson[] };

/** Asks each question of an assistant over the library, one conversation each. */
export async function askAll(api: ApiClient, library: Library, questions: Question[]): Promise<Answer[]> {
  const { id } = await api.json<{ id: string }>("POST", "/assistants", {
    name: `eval ${questions[0]?.corpus}`,
    collection_ids: [library.collectionId],
  });
  const answers: Answer[] = [];
  for (const question of questions) {
    const { answer, refused, citations } = await api.json<AnswerJson>("POST", `/chat/${id}`, {
      message: question.question,
    });
    const passages = citations.length > 0 ? await passagesFor(api, id, question.question) : [];
    answers.push({ question, text: answer, refused, citations, passages });
  }
  await api.json("DELETE", `/assistants/${id}`);
  return answers;
}

/** Refusals, pages of the citations, and whether each quote is what stands in the page where it says. */
export function evaluateAnswers(library: Library, answers: Answer[]): Measures {
  const measures: Measures = {};
  const add = (name: string, value: boolean) => {
    const values = measures[name] ?? [];
    values.push(value ? 1 : 0);
    measures[name] = values;
  };
  for (const { question, text, refused, citations } of answers) {
    if (!question.answerable) {
      add(question.dataset === "refusal-near" ? "near refusal" : "refusal", refused);
      continue;
    }
    add("false refusal", refused);
    for (const citation of citations) add("excerpt fidelity", isFaithful(library, citation, text));
    if (question.page === null) continue;
    const pages = [question.page].flat();
    const right = ({ document_id, page }: CitationJson) =>
      library.documents.get(document_id)?.file === question.doc && pages.includes(page);
    add("cited page@1", citations.slice(0, 1).some(right));
    add("cited page@5", citations.slice(0, 5).some(right));
  }
  return measures;
}

function isFaithful(library: Library, citation: CitationJson, answer: string): boolean {
  const page = library.documents.get(citation.document_id)?.pages[citation.page - 1];
  const quoted = page?.text.slice(citation.char_start, citation.char_end);
  const claimed = answer.slice(citation.answer_start, citation.answer_end);
  return quoted === citation.quote && quoted.length > 0 && claimed.trim() === claimed && claimed.length > 0;
}
