import { GlobalWorkerOptions, getDocument, type PDFDocumentProxy } from "pdfjs-dist";
import workerUrl from "pdfjs-dist/build/pdf.worker.min.mjs?url";
import { callApi } from "../../api/client.ts";
import { rethrowUnreachable } from "../../api/problem.ts";

GlobalWorkerOptions.workerSrc = workerUrl;

const ASSETS: string = import.meta.env.PDF_ASSETS;

/** Opened files kept at hand: going back and forth between two is common, and each holds its bytes in memory. */
const KEPT = 2;

type Progress = (share: number) => void;

const opened = new Map<string, Promise<PDFDocumentProxy>>();

/** A document's file in PDF.js. The version is part of what is kept, as its bytes are. Throws `ApiProblem`. */
export function loadPdf(
  documentId: string,
  version: number,
  onProgress: Progress,
): Promise<PDFDocumentProxy> {
  const key = `${documentId}-${version}`;
  const known = opened.get(key) ?? openPdf(documentId, version, onProgress);
  opened.delete(key);
  opened.set(key, known);
  known.catch(() => opened.delete(key));
  for (const [old, pdf] of [...opened].slice(0, -KEPT)) {
    opened.delete(old);
    void pdf.then(({ loadingTask }) => loadingTask.destroy()).catch(() => undefined);
  }
  return known;
}

async function openPdf(documentId: string, version: number, onProgress: Progress): Promise<PDFDocumentProxy> {
  const data = await readBytes(
    await callApi(`/documents/${documentId}/content?version=${version}`),
    onProgress,
  );
  return getDocument({
    data,
    cMapUrl: `${ASSETS}cmaps/`,
    standardFontDataUrl: `${ASSETS}standard_fonts/`,
    wasmUrl: `${ASSETS}wasm/`,
    iccUrl: `${ASSETS}iccs/`,
    enableXfa: false,
  }).promise;
}

async function readBytes({ body, headers }: Response, onProgress: Progress): Promise<Uint8Array> {
  const total = Number(headers.get("Content-Length"));
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = body?.getReader();
  for (;;) {
    const next = await reader?.read().catch(rethrowUnreachable);
    if (!next || next.done) break;
    chunks.push(next.value);
    length += next.value.length;
    if (total > 0) onProgress(length / total);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
