import { readJson } from "../api/client.ts";
import { createLanes } from "../api/lanes.ts";
import { type ApiProblem, asProblem, type ProblemCode } from "../api/problem.ts";
import type { Import } from "../api/shapes.ts";
import type { Outgoing, Refused } from "./batch.ts";
import { importStore } from "./import-store.ts";
import { patiently } from "./patiently.ts";
import { cutPortions } from "./portions.ts";

/** What is said of the files sent, not of all that are to follow. */
const OF_THESE_FILES: ProblemCode[] = ["too_large", "invalid_request", "malformed_request"];

/** One request on its way at a time, whatever was dropped: the others would only share its line. */
export const sendInTurn = createLanes(1);

/** Sends what a batch still holds, portion by portion; a portion that is refused doesn't stop the next. */
export async function sendFiles(batchId: string): Promise<void> {
  const signal = importStore.beginSending(batchId);
  const begun = importStore.find(batchId);
  if (!begun) return;
  importStore.change(batchId, () => ({ isSending: true, isStopped: false, problem: null }));
  try {
    for (const portion of cutPortions(begun.outgoing)) await sendPortion(batchId, portion, signal);
    importStore.change(batchId, () => ({ isSending: false }));
  } catch (error) {
    if (signal.aborted) return importStore.change(batchId, () => ({ isSending: false }));
    importStore.change(batchId, () => ({ isSending: false, isStopped: true, problem: asProblem(error) }));
  }
}

async function sendPortion(batchId: string, portion: Outgoing[], signal: AbortSignal): Promise<void> {
  const readable = await Promise.all(portion.map(({ file }) => isReadable(file)));
  const vanished = portion.filter((_, index) => !readable[index]);
  if (vanished.length > 0) settle(batchId, vanished, { refused: vanished.map(unreadable) });
  const files = portion.filter((_, index) => readable[index]);
  if (files.length === 0) return;
  try {
    const taken = await patiently(
      () => sendInTurn(() => post(batchId, files, signal)),
      signal,
      (problem) => importStore.change(batchId, () => ({ problem })),
      true,
    );
    settle(batchId, files, { taken });
  } catch (error) {
    const problem = asProblem(error);
    if (signal.aborted || !OF_THESE_FILES.includes(problem.code)) throw error;
    settle(batchId, files, { refused: files.map((file) => refusedFor(file, problem)) });
  }
}

function post(batchId: string, files: Outgoing[], signal: AbortSignal): Promise<Import> {
  signal.throwIfAborted();
  const body = new FormData();
  body.set("collection_id", importStore.find(batchId)?.collectionId ?? "");
  for (const { file, path } of files) body.append("file", file, path);
  return readJson<Import>("/imports", { body, signal });
}

/** Files that are on their way no more, and what became of them. */
function settle(
  batchId: string,
  files: Outgoing[],
  { taken, refused = [] }: { taken?: Import; refused?: Refused[] },
): void {
  const keys = new Set(files.map(({ key }) => key));
  importStore.change(batchId, (batch) => ({
    outgoing: batch.outgoing.filter(({ key }) => !keys.has(key)),
    refused: [...batch.refused, ...refused],
    imports: taken ? [...batch.imports, taken] : batch.imports,
  }));
}

/** A file may be moved or changed after it was dropped; the request would then fail as if the network had. */
async function isReadable(file: File): Promise<boolean> {
  return file
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    );
}

const unreadable = ({ key, path }: Outgoing): Refused => ({ key, path, reason: "unreadable" });

function refusedFor({ key, path }: Outgoing, problem: ApiProblem): Refused {
  return { key, path, reason: "problem", problem };
}
