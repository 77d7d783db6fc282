import { readJson } from "../api/client.ts";
import { createLanes } from "../api/lanes.ts";
import { type ApiProblem, asProblem } from "../api/problem.ts";
import type { Deletion, LibraryDocument } from "../api/shapes.ts";
import { patiently } from "../imports/patiently.ts";

/** Calls at once: each is a transaction of its own. */
const LANES = 3;

export type BulkOutcome<T> = { done: T[]; failed: { document: LibraryDocument; problem: ApiProblem }[] };

/** Does something to each of many documents, waiting where the API asks for it; one that fails doesn't stop the rest. */
export async function forEachDocument<T>(
  documents: LibraryDocument[],
  act: (document: LibraryDocument) => Promise<T>,
  tell: (done: number, total: number) => void,
): Promise<BulkOutcome<T>> {
  const run = createLanes(LANES);
  const outcome: BulkOutcome<T> = { done: [], failed: [] };
  const never = new AbortController().signal;
  await Promise.all(
    documents.map((document) =>
      run(async () => {
        try {
          outcome.done.push(
            await patiently(
              () => act(document),
              never,
              () => undefined,
            ),
          );
        } catch (error) {
          outcome.failed.push({ document, problem: asProblem(error) });
        }
        tell(outcome.done.length + outcome.failed.length, documents.length);
      }),
    ),
  );
  return outcome;
}

/**
 * Deletes documents; gives the receipts, and those of documents that somebody else has deleted meanwhile. Throws
 * `ApiProblem` when none could be.
 */
export async function deleteDocuments(
  documents: LibraryDocument[],
  tell: (done: number, total: number) => void,
): Promise<{ deletions: Deletion[]; failed: BulkOutcome<Deletion>["failed"] }> {
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
