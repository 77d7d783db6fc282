/** The parts of the API's answers that the command line and the evaluations read. */
export type DocumentJson = {
  id: string;
  filename: string;
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

export type CitationJson = {
  source: number;
  document_id: string;
  filename: string;
  page: number;
  page_kind: PageJson["kind"];
  page_label: string | null;
  char_start: number;
  char_end: number;
  quote: string;
  answer_start: number;
  answer_end: number;
  verified: boolean;
  reason: string | null;
};
