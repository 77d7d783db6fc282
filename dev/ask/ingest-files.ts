import { basename } from "node:path";
import type { ApiClient } from "../client/api.ts";
import type { DocumentJson } from "../client/shapes.ts";
import { say, warn } from "../terminal.ts";
import { showStatus } from "./live-line.ts";
import type { Words } from "./words.ts";

/** Uploads the files one after the other and shows each being read. Gives the number that failed. */
export async function ingestFiles(
  api: ApiClient,
  collectionId: string,
  files: string[],
  words: Words,
): Promise<number> {
  let failures = 0;
  for (const file of files) {
    const name = basename(file);
    const uploaded = await api.upload(collectionId, file).catch((error: Error) => error);
    const document =
      uploaded instanceof Error
        ? uploaded
        : await api.settle(uploaded.id, (step) => showStatus(`${name}  ${progress(step, words)}`));
    showStatus("");
    if (document instanceof Error || document.status === "failed") {
      failures++;
      warn(`${name}: ${document instanceof Error ? document.message : document.error_message}`);
    } else {
      say(`${name}  ${words.ready(document.pages_total ?? 0)}`);
      for (const { detail } of document.warnings) say(`  ! ${detail}`);
    }
  }
  return failures;
}

function progress(step: DocumentJson, words: Words): string {
  if (step.chunks_total) return words.chunks(step.chunks_done, step.chunks_total);
  if (step.pages_total) return words.pages(step.pages_done, step.pages_total);
  return words.queued;
}
