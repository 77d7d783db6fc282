import { getResolvedPDFJS } from "unpdf";
import {
  type FileSource,
  type ParsedDocument,
  ParseFailure,
  type ReadPage,
} from "../../ports/document-parser.ts";
import { PDF } from "./media-types.ts";
import { collectWarnings } from "./page-warnings.ts";
import { showsImage } from "./pdf-images.ts";
import { inflateAtOnce } from "./pdf-inflate.ts";
import { openInput, type PdfInput } from "./pdf-input.ts";
import { layoutPage } from "./pdf-layout.ts";
import type { PdfJs } from "./pdf-ranges.ts";
import { readRuns } from "./pdf-runs.ts";
import { readText } from "./pdf-text.ts";
import { type PdfPort, startPdfWorker } from "./pdf-worker.ts";
import { composePage, droppedBlock, type TextBlock } from "./text-blocks.ts";

/** Bytes of a file: PDF.js sets that much memory aside however little it reads, out of a Worker's 128 MB. */
const MAX_BYTES = 50 * 1024 * 1024;
/** Pages one file may have; beyond, ingestion would run for hours. */
const MAX_PAGES = 20_000;
/** Text items (about one a word) laid out on one page; drawings made of letters have more, and no sentences. */
const MAX_ITEMS = 60_000;
/** Pages after which PDF.js forgets fonts and what else it keeps by page, some 60 kB each. */
const PAGES_PER_CLEANUP = 100;

type Cmap = (name: string) => Promise<Uint8Array>;
type Pdf = Awaited<ReturnType<PdfJs["getDocument"]>["promise"]>;
type Page = Awaited<ReturnType<Pdf["getPage"]>>;
/** PDF.js, the file it opened and where that comes from. */
type OpenPdf = { pdfjs: PdfJs; pdf: Pdf; input: PdfInput; port: PdfPort; close(): Promise<void> };

/**
 * Opens a PDF with unpdf's build of PDF.js, which asks for the parts of the file that it needs. Pages are read one at
 * a time and dropped. Only the text layer counts: attachments, annotations and images are ignored. Throws
 * `ParseFailure`: "encrypted" (a password is needed to read), "corrupt", "too_large"; `pages(1)` throws "no_text" after
 * the last page when none had text.
 */
export async function openPdf(source: FileSource, cmap: Cmap): Promise<ParsedDocument> {
  if (source.size > MAX_BYTES) throw new ParseFailure("too_large", `a PDF of ${source.size} bytes`);
  const opened = await load(source, cmap);
  const { pdf, input, close } = opened;
  const pagesTotal = pdf.numPages;
  if (pagesTotal < 1 || pagesTotal > MAX_PAGES) {
    await close();
    throw new ParseFailure(pagesTotal < 1 ? "corrupt" : "too_large", `a PDF of ${pagesTotal} pages`);
  }
  const labels = await input.unlessBroken(pdf.getPageLabels().catch(() => null));
  const { note, warnings } = collectWarnings();
  return {
    mediaType: PDF,
    pagesTotal,
    async *pages(from) {
      let hasText = false;
      for (let number = from; number <= pagesTotal; number++) {
        const page = await input.unlessBroken(readPage(opened, number, labels?.[number - 1] ?? null));
        if ((number - from + 1) % PAGES_PER_CLEANUP === 0) await pdf.cleanup();
        hasText ||= page.text !== "";
        note(page);
        yield page;
      }
      if (from === 1 && !hasText) throw new ParseFailure("no_text", "no page has a text layer");
    },
    warnings,
    close,
  };
}

async function load(source: FileSource, cmap: Cmap): Promise<OpenPdf> {
  const pdfjs = await getResolvedPDFJS();
  const input = await openInput(pdfjs, source);
  const { worker, port, release } = startPdfWorker(pdfjs);
  const task = pdfjs.getDocument({
    worker,
    ...input.options,
    // Read with a factory, since `useWorkerFetch` would ask for a URL that a Worker doesn't serve itself.
    BinaryDataFactory: cmapFactory(cmap),
    cMapUrl: "cmaps/",
    cMapPacked: true,
    useWorkerFetch: false,
    useSystemFonts: true,
    disableFontFace: true,
    isOffscreenCanvasSupported: false,
    useWasm: false,
    // Pixels: none is decoded when a page without text is looked at.
    maxImageSize: 0,
    verbosity: 0,
  });
  const inflateAsEver = inflateAtOnce();
  const close = () =>
    task.destroy().finally(() => {
      inflateAsEver();
      release();
    });
  try {
    return { pdfjs, input, port, pdf: await input.unlessBroken(task.promise), close };
  } catch (error) {
    await close();
    if (input.isBroken()) throw error;
    const encrypted = error instanceof Error && error.name === "PasswordException";
    throw new ParseFailure(encrypted ? "encrypted" : "corrupt", `PDF.js: ${String(error)}`, { cause: error });
  }
}

/** PDF.js constructs this class itself and asks it for `{ kind: "cMapUrl", filename }`. */
function cmapFactory(cmap: Cmap) {
  return class CmapFactory {
    async fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
      if (kind !== "cMapUrl") throw new Error(`no ${kind} is served`);
      // PDF.js transfers what it gets, so a caller's cached bytes must not be handed over.
      return (await cmap(filename)).slice();
    }
  };
}

async function readPage(opened: OpenPdf, number: number, printed: string | null): Promise<ReadPage> {
  const label = printed === null || printed === "" || printed === String(number) ? null : printed;
  const about = { number, kind: "page", label } as const;
  let page: Page | undefined;
  try {
    page = await opened.pdf.getPage(number);
    const composed = composePage(await readBlocks(opened, page));
    const scanned = composed.text === "" && (await showsImage(opened.pdfjs, opened.pdf, page));
    return { ...about, ...composed, report: { ...composed.report, scanned } };
  } catch (error) {
    // A page tree that lies about its count, or a broken page: the others may still be read.
    if (number === 1 && opened.pdf.numPages === 1)
      throw new ParseFailure("corrupt", String(error), { cause: error });
    return { ...about, ...composePage([droppedBlock("broken_content")]) };
  } finally {
    page?.cleanup();
  }
}

async function readBlocks({ pdf, port }: OpenPdf, page: Page): Promise<TextBlock[]> {
  const { docId } = pdf.loadingTask;
  const { items, styles, whole } = await readText(port, docId, page.pageNumber - 1, MAX_ITEMS);
  const runs = readRuns(items, styles, page.getViewport({ scale: 1 }).transform);
  const blocks = runs.flatMap(layoutPage);
  return whole ? blocks : [...blocks, droppedBlock("excess_text")];
}
