import { ArchiveFailure, type ArchiveFailureReason } from "../../ports/archive.ts";
import { FetchFailure, type FetchFailureReason } from "../../ports/web.ts";

/** Why an entry or a whole import came to nothing. Closed: a new reason needs its sentences in `sentences.ts`. */
export type ImportReason =
  | FetchFailureReason
  | ArchiveFailureReason
  | "archive_empty"
  | "archive_missing"
  | "file_missing"
  | "nested_archive"
  | "system_file"
  | "repeated"
  | "quota_exceeded"
  | "collection_deleted"
  | "document_deleted"
  | "sitemap_empty"
  | "stalled"
  | "internal";

/** What may pass when it is tried again, by the code that is stored. */
export const RETRYABLE: ImportReason[] = [
  "unreachable",
  "name_not_found",
  "quota_exceeded",
  "stalled",
  "internal",
];

/** What the queue tries again by itself. */
const FLEETING: ImportReason[] = ["unreachable", "internal"];

/** What was passed over on purpose rather than tried in vain. */
const BARRED: ImportReason[] = [
  "unsupported",
  "nested_archive",
  "system_file",
  "repeated",
  "off_site",
  "robots_disallowed",
];

/** Whether an entry that met this counts as skipped, not as failed. */
export function isBarred(reason: ImportReason): boolean {
  return BARRED.includes(reason);
}

/** Whether what one entry met awaits every other one too: the import ends by it. */
export function isOfAll(reason: ImportReason): boolean {
  return reason === "collection_deleted" || reason === "archive_missing";
}

/** Thrown by an import's steps for what no port knows of. */
export class ImportFailure extends Error {
  override readonly name = "ImportFailure";
  readonly reason: ImportReason;
  constructor(reason: ImportReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** The closed reason behind whatever a step threw. */
export function importReason(error: unknown): ImportReason {
  const known =
    error instanceof ImportFailure || error instanceof FetchFailure || error instanceof ArchiveFailure;
  return known ? error.reason : "internal";
}

/** Whether the same step may pass in a moment. */
export function isFleeting(reason: ImportReason): boolean {
  return FLEETING.includes(reason);
}
