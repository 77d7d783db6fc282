import type { Citation } from "../../worker/db/schema/answer.ts";

/** The parts of the API's answers that the command line and the evaluations read. */
export type DocumentJson = {
  id: string;
  filename: string;
  version: number;
  status: "queued" | "processing" | "ready" | "failed" | "deleting";
  error_code: string | null;
  error_message: string | null;
  warnings: Array<{ code: string; detail: string }>;
  pages_total: number | null;
  pages_done: number;
  chunks_total: number | null;
  chunks_done: number;
};

export type PageJson = {
  number: number;
  kind: "page" | "slide" | "section";
  label: string | null;
  text: string;
};

export type CitationJson = Citation;
