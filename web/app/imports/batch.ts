import type { ApiProblem } from "../api/problem.ts";
import type { Import } from "../api/shapes.ts";

/** A file to be sent, under the path that tells its folders. */
export type Outgoing = { key: string; path: string; file: File };

/** A file that isn't sent: refused before or by the API. */
export type Refused = {
  key: string;
  path: string;
  reason: "too_large" | "archive_too_large" | "empty" | "unreadable" | "problem";
  /** Bytes that the plan allows, where the file has more. */
  limit?: number;
  problem?: ApiProblem;
};

/** An archive on its way in parts. `id` is null before the API knows of it, `file` after a reload. */
export type ArchiveOnItsWay = {
  id: string | null;
  filename: string;
  size: number;
  partsSent: number;
  partsTotal: number;
  file: File | null;
};

/** What was dropped or asked for at once: one bar of the tray, however many imports it takes at the API. */
export type Batch = {
  id: string;
  kind: "files" | "archive" | "addresses" | "site";
  collectionId: string;
  /** An archive's name or a site's address; empty for files and lists. */
  source: string;
  /** Files or addresses that were named; null where the API finds out. */
  named: number | null;
  startedAt: string;
  imports: Import[];
  outgoing: Outgoing[];
  /** Files that were still to be sent when the page was left. */
  lost: number;
  refused: Refused[];
  archive: ArchiveOnItsWay | null;
  /** What holds the sending up; it goes on by itself unless `isStopped`. */
  problem: ApiProblem | null;
  isStopped: boolean;
  isSending: boolean;
  /** Documents more than the plan has room for. */
  overRoom: number;
};

/** A batch that nothing has happened to yet. */
export function newBatch(given: Pick<Batch, "kind" | "collectionId"> & Partial<Batch>): Batch {
  return {
    id: crypto.randomUUID(),
    source: "",
    named: null,
    startedAt: new Date().toISOString(),
    imports: [],
    outgoing: [],
    lost: 0,
    refused: [],
    archive: null,
    problem: null,
    isStopped: false,
    isSending: false,
    overRoom: 0,
    ...given,
  };
}
