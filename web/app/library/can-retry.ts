import type { LibraryDocument } from "../api/shapes.ts";

/** Failures that lie in the file: the same one won't pass later. As `worker/services/documents/failure.ts` has them. */
const HOPELESS = ["encrypted", "no_text", "corrupt", "empty", "unsupported", "too_large", "file_missing"];

/** Whether trying again may help. */
export function canRetry({ status, error_code }: Pick<LibraryDocument, "status" | "error_code">): boolean {
  return status === "failed" && !HOPELESS.includes(error_code ?? "");
}
