import type { FileSource } from "../../ports/document-parser.ts";
import { createInflationGuard } from "./pdf-inflation.ts";
import { CHUNK_BYTES, openRanges, type PdfJs, type PdfRanges } from "./pdf-ranges.ts";

/** Bytes up to which a PDF is read in one go: PDF.js reads a ninth faster what it needn't look for in parts. */
const WHOLE_BYTES = 4 * 1024 * 1024;

export type PdfInput = Omit<PdfRanges, "transport"> & {
  /** What `getDocument` is told of where the bytes come from. */
  options: object;
};

/** Gives PDF.js a small file whole, and a large one by range. Either goes past the guard against inflation first. */
export async function openInput(pdfjs: PdfJs, source: FileSource): Promise<PdfInput> {
  if (source.size > WHOLE_BYTES) {
    const { transport, ...ranges } = openRanges(pdfjs, source);
    const options = {
      range: transport,
      rangeChunkSize: CHUNK_BYTES,
      disableAutoFetch: true,
      disableStream: true,
    };
    return { ...ranges, options };
  }
  const data = await source.read(0, source.size);
  await createInflationGuard(source)(data, 0, 0);
  return {
    options: { data },

    unlessBroken: (reading) => reading,
    isBroken: () => false,
  };
}
