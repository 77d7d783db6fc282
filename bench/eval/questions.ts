import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** One line of `questions.jsonl`, as far as the evaluation reads it. */
export type Question = {
  id: string;
  dataset: string;
  lang: "fr" | "en";
  /** The document that answers, a path under DATA; null when none does. */
  doc: string | null;
  question: string;
  answer: string | null;
  evidence_text: string | null;
  /** The page, or any of the pages, that a right citation names. */
  page: number | number[] | null;
  /** Offsets count Unicode code points of the document's file. */
  evidence?: Array<{ text: string; start: number; end: number }>;
  answerable: boolean;
  /** The folder that is searched. */
  corpus: string;
};

/** Reads every question under `data`, in the file's order. */
export async function readQuestions(data: string): Promise<Question[]> {
  const lines = (await readFile(join(data, "questions.jsonl"), "utf8")).split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Question);
}

/** The datasets of hundreds of questions on one corpus, of which a sample tells enough. */
export const LARGE: ReadonlySet<string> = new Set(["piaf", "xquad"]);

/** One question in `step(question)` of each dataset, in order. */
export function every(questions: Question[], step: (question: Question) => number): Question[] {
  const seen = new Map<string, number>();
  return questions.filter((question) => {
    const count = seen.get(question.dataset) ?? 0;
    seen.set(question.dataset, count + 1);
    return count % step(question) === 0 && step(question) !== Number.POSITIVE_INFINITY;
  });
}
