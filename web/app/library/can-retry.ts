import type { LibraryDocument } from "../api/shapes.ts";

/** Failures that lie in the file: the same one won't pass later. As `worker/services/documents/failure.ts` has them. */
const HOPELESS = ["encrypted", "no_text", "corrupt", "empty", "unsupported", "too_large", "file_missing"];

/** Whether trying again may help: of a failed document, or of an update that failed while the document is read as before. */
export function canRetry({ status, error_code }: Pick<LibraryDocument, "status" | "error_code">): boolean {
  const hasFailed = status === "failed" || (status === "ready" && error_code !== null);
  return hasFailed && !HOPELESS.includes(error_code ?? "");
}
