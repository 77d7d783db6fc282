import { callApi, readJson } from "../api/client.ts";
import { asProblem } from "../api/problem.ts";
import type { ArchiveUpload, Import } from "../api/shapes.ts";
import { importStore } from "./import-store.ts";
import { patiently } from "./patiently.ts";
import { sendInTurn } from "./send-files.ts";

/** Sends an archive part by part; what has arrived already, before a reload as well, isn't sent again. */
export async function sendArchive(batchId: string): Promise<void> {
  const signal = importStore.beginSending(batchId);
  const file = importStore.find(batchId)?.archive?.file;
  if (!file) return;
  importStore.change(batchId, () => ({ isSending: true, isStopped: false, problem: null }));
  const tell = (problem: ReturnType<typeof asProblem> | null) =>
    importStore.change(batchId, () => ({ problem }));
  const tryOn = <T>(act: () => Promise<T>, isQueueing = false) => patiently(act, signal, tell, isQueueing);
  try {
    const upload = await tryOn(() => openUpload(batchId, file, signal), true);
    note(batchId, file, upload);
    const there = new Set(upload.received);
    for (let n = 1; n <= upload.parts_total; n++) {
      if (there.has(n)) continue;
      const part = file.slice((n - 1) * upload.part_bytes, n * upload.part_bytes);
      const path = `/imports/uploads/${upload.id}/parts/${n}`;
      const now = await tryOn(() =>
        sendInTurn(() => readJson<ArchiveUpload>(path, { method: "PUT", body: part, signal })),
      );
      note(batchId, file, now);
    }
    const taken = await tryOn(() =>
      readJson<Import>(`/imports/uploads/${upload.id}/complete`, { method: "POST", signal }),
    );
    importStore.change(batchId, () => ({ archive: null, imports: [taken], isSending: false }));
  } catch (error) {
    if (signal.aborted) return importStore.change(batchId, () => ({ isSending: false }));
    importStore.change(batchId, () => ({ isSending: false, isStopped: true, problem: asProblem(error) }));
  }
}

/** The upload that was begun, if the API still has it, else a new one. */
async function openUpload(batchId: string, file: File, signal: AbortSignal): Promise<ArchiveUpload> {
  const batch = importStore.find(batchId);
  if (batch?.archive?.id) {
    try {
      return await readJson<ArchiveUpload>(`/imports/uploads/${batch.archive.id}`, { signal });
    } catch (error) {
      if (asProblem(error).code !== "not_found") throw error;
    }
  }
  return readJson<ArchiveUpload>("/imports/uploads", {
    body: { collection_id: batch?.collectionId, filename: file.name, size_bytes: file.size },
    signal,
  });
}

function note(batchId: string, file: File, { id, size_bytes, received, parts_total }: ArchiveUpload): void {
  importStore.change(batchId, () => ({
    archive: {
      id,
      filename: file.name,
      size: size_bytes,
      partsSent: received.length,
      partsTotal: parts_total,
      file,
    },
  }));
}

/** Has the API forget what arrived of an archive; without its help it does so in two days. */
export async function dropArchive(uploadId: string): Promise<void> {
  await callApi(`/imports/uploads/${uploadId}`, { method: "DELETE" }).catch(() => undefined);
}
