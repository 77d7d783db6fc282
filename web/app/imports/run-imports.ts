import { callApi, readJson } from "../api/client.ts";
import { isImporting } from "../api/follow.ts";
import { asProblem } from "../api/problem.ts";
import type { Import } from "../api/shapes.ts";
import { newBatch } from "./batch.ts";
import { followImports } from "./follow-imports.ts";
import { importStore } from "./import-store.ts";
import { loadRoom } from "./load-room.ts";
import type { FoundFile } from "./read-drop.ts";
import { recall } from "./remember.ts";
import { dropArchive, sendArchive } from "./send-archive.ts";
import { sendFiles } from "./send-files.ts";
import { sortOut } from "./sort-out.ts";

export type Addresses = { urls: string[] } | { sitemap: string; max_pages: number; other_origins: boolean };

/** Takes in whatever was dropped, pasted or chosen: files as one import, each archive as one of its own. */
export async function importFound(collectionId: string, found: FoundFile[]): Promise<void> {
  if (found.length === 0) return;
  const room = await loadRoom();
  const { files, archives, refused } = await sortOut(found, room);
  for (const file of archives) {
    const archive = { id: null, filename: file.name, size: file.size, partsSent: 0, partsTotal: 0, file };
    const batch = newBatch({ kind: "archive", collectionId, source: file.name, archive });
    importStore.add(batch);
    void sendArchive(batch.id).then(followImports);
  }
  if (files.length + refused.length === 0) return;
  const overRoom = room ? Math.max(0, files.length - room.documents) : 0;
  const named = files.length + refused.length;
  const batch = newBatch({ kind: "files", collectionId, named, outgoing: files, refused, overRoom });
  importStore.add(batch);
  const sent = sendFiles(batch.id);
  // What has arrived is followed while the rest is sent.
  const stop = importStore.subscribe(() => void followImports());
  await sent;
  stop();
  void followImports();
}

/** Has the API fetch addresses or a site. Throws `ApiProblem`. */
export async function importFromWeb(collectionId: string, wanted: Addresses): Promise<void> {
  const body = { collection_id: collectionId, ...wanted };
  const taken = await readJson<Import>("/imports", { body });
  const isSite = "sitemap" in wanted;
  importStore.add(
    newBatch({
      kind: isSite ? "site" : "addresses",
      collectionId,
      source: isSite ? wanted.sitemap : "",
      named: isSite ? null : wanted.urls.length,
      imports: [taken],
    }),
  );
  void followImports();
}

/** Finds again what was going on before a reload. */
export async function resumeImports(signal: AbortSignal): Promise<void> {
  importStore.restore(await recall(signal));
  void followImports();
}

/** Goes on with what stopped: files that weren't sent, or an archive chosen again. */
export function sendOn(batchId: string, file?: File): void {
  const batch = importStore.find(batchId);
  if (!batch) return;
  if (batch.archive) {
    if (file) importStore.change(batchId, ({ archive }) => ({ archive: archive && { ...archive, file } }));
    void sendArchive(batchId).then(followImports);
  } else void sendFiles(batchId).then(followImports);
}

/** Goes on with all that stopped for want of a session. */
export function sendOnSignedIn(): void {
  for (const { id, isStopped, problem } of importStore.batches())
    if (isStopped && problem?.code === "unauthenticated") sendOn(id);
}

/** Sends and takes in nothing more; what is being read is left to finish. Throws `ApiProblem`. */
export async function cancelBatch(batchId: string): Promise<void> {
  const batch = importStore.find(batchId);
  if (!batch) return;
  importStore.callOff(batchId);
  if (batch.archive?.id) void dropArchive(batch.archive.id);
  importStore.change(batchId, () => ({ outgoing: [], archive: null, problem: null, isSending: false }));
  for (const { id } of batch.imports.filter(isImporting)) {
    importStore.noteImport(id, await readJson<Import>(`/imports/${id}/cancel`, { method: "POST" }));
  }
  const left = importStore.find(batchId);
  if (left && left.imports.length + left.refused.length === 0) importStore.dismiss(batchId);
}

/** Tries again what failed and may pass; tells whether there was anything of the kind. Throws `ApiProblem`. */
export async function retryBatch(batchId: string): Promise<boolean> {
  const failed = importStore.find(batchId)?.imports.filter((each) => each.state !== "cancelled") ?? [];
  let isAny = false;
  for (const { id } of failed) {
    const now = await readJson<Import>(`/imports/${id}/retry`, { method: "POST" });
    isAny ||= isImporting(now);
    importStore.noteImport(id, now);
  }
  void followImports();
  return isAny;
}

/** Puts another file in the place of one that couldn't be read. Throws `ApiProblem`. */
export async function replaceEntry(batchId: string, documentId: string, file: File): Promise<void> {
  const body = new FormData();
  body.append("file", file);
  await callApi(`/documents/${documentId}/content`, { method: "PUT", body });
  for (const { id } of importStore.find(batchId)?.imports ?? []) {
    const now = await readJson<Import>(`/imports/${id}`).catch((error: unknown) => {
      if (asProblem(error).code === "not_found") return null;
      throw error;
    });
    importStore.noteImport(id, now);
  }
  void followImports();
}
