import { readJson } from "../api/client.ts";
import { createLanes } from "../api/lanes.ts";
import { type ApiProblem, asProblem } from "../api/problem.ts";
import type { Deletion, LibraryDocument } from "../api/shapes.ts";
import { patiently } from "../imports/patiently.ts";

/** Calls at once: each is a transaction of its own. */
const LANES = 3;

export type BulkFailure = { document: LibraryDocument; problem: ApiProblem };

export type BulkOutcome<T> = { done: T[]; failed: BulkFailure[]; left: LibraryDocument[] };

/** How far an act is, and what holds it up, if anything does. */
export type BulkProgress = { done: number; total: number; heldUp: ApiProblem | null };

/**
 * Does something to each of many documents, waiting where the API asks for it; one that fails doesn't stop the rest.
 * What the signal stops, and what hadn't begun by then, is `left`.
 */
export async function forEachDocument<T>(
  documents: LibraryDocument[],
  act: (document: LibraryDocument) => Promise<T>,
  tell: (progress: BulkProgress) => void,
  signal: AbortSignal = new AbortController().signal,
): Promise<BulkOutcome<T>> {
  const run = createLanes(LANES);
  const outcome: BulkOutcome<T> = { done: [], failed: [], left: [] };
  const report = (heldUp: ApiProblem | null) =>
    tell({ done: outcome.done.length + outcome.failed.length, total: documents.length, heldUp });
  const doOne = async (document: LibraryDocument) => {
    try {
      signal.throwIfAborted();
      outcome.done.push(await patiently(() => act(document), signal, report));
    } catch (error) {
      if (signal.aborted) outcome.left.push(document);
      else outcome.failed.push({ document, problem: asProblem(error) });
    }
    report(null);
  };
  await Promise.all(documents.map((document) => run(() => doOne(document))));
  return outcome;
}

/**
 * Deletes documents; gives the receipts, and those of documents that somebody else has deleted meanwhile. Throws
 * `ApiProblem` when none could be.
 */
export async function deleteDocuments(
  documents: LibraryDocument[],
  tell: (progress: BulkProgress) => void,
): Promise<{ deletions: Deletion[]; failed: BulkFailure[] }> {
  const { done, failed } = await forEachDocument(documents, deleteOne, tell);
  const [first] = failed;
  if (done.length === 0 && first) throw first.problem;
  return { deletions: done, failed };
}

async function deleteOne({ id }: LibraryDocument): Promise<Deletion> {
  try {
    return await readJson<Deletion>(`/documents/${id}`, { method: "DELETE" });
  } catch (error) {
    if (asProblem(error).code !== "not_found") throw error;
    const { data } = await readJson<{ data: Deletion[] }>(`/deletions?subject_id=${id}`);
    const [receipt] = data;
    if (!receipt) throw error;
    return receipt;
  }
}
