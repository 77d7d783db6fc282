import { getResolvedPDFJS } from "unpdf";
import { type ParsedDocument, type ParsedPage, ParseFailure } from "../../ports/document-parser.ts";
import { PDF } from "./media-types.ts";
import { pageWithoutText } from "./page-list.ts";
import { refuseInflatingPdf } from "./pdf-inflation.ts";
import { layoutPage } from "./pdf-layout.ts";
import { type PdfTextItem, readRuns } from "./pdf-runs.ts";
import { startPdfWorker } from "./pdf-worker.ts";
import { composePage } from "./text-blocks.ts";

/** Pages one file may have; beyond, ingestion would run for hours. */
const MAX_PAGES = 20_000;
/** Text items (about one a word) laid out on one page; drawings made of letters have more, and no sentences. */
const MAX_ITEMS = 60_000;

type Cmap = (name: string) => Promise<Uint8Array>;
type PdfJs = Awaited<ReturnType<typeof getResolvedPDFJS>>;
type Pdf = Awaited<ReturnType<PdfJs["getDocument"]>["promise"]>;
type Page = Awaited<ReturnType<Pdf["getPage"]>>;
type TextContent = Awaited<ReturnType<Page["getTextContent"]>>;

/**
 * Opens a PDF with unpdf's build of PDF.js, which takes the bytes' buffer over. Pages are read one at a time and
 * dropped. Only the text layer counts: attachments, annotations and images are ignored. Throws `ParseFailure`:
 * "encrypted" (a password is needed to read), "corrupt", "too_large"; `pages(1)` throws "no_text" after the last
 * page when none had text.
 */
export async function openPdf(bytes: Uint8Array, cmap: Cmap): Promise<ParsedDocument> {
  const pdf = await load(bytes, cmap);
  const pagesTotal = pdf.numPages;
  if (pagesTotal < 1 || pagesTotal > MAX_PAGES) {
    await pdf.loadingTask.destroy();
    throw new ParseFailure(pagesTotal < 1 ? "corrupt" : "too_large", `a PDF of ${pagesTotal} pages`);
  }
  const labels = await pdf.getPageLabels().catch(() => null);
  const blank: number[] = [];
  return {
    mediaType: PDF,
    pagesTotal,
    async *pages(from) {
      for (let number = from; number <= pagesTotal; number++) {
        const page = await readPage(pdf, number, labels?.[number - 1] ?? null);
        if (page.text === "") blank.push(number);
        yield page;
      }
      if (from === 1 && blank.length === pagesTotal)
        throw new ParseFailure("no_text", "no page has a text layer");
    },
    warnings: () => (blank.length === 0 ? [] : [pageWithoutText([...blank])]),
    close: () => pdf.loadingTask.destroy(),
  };
}

async function load(bytes: Uint8Array, cmap: Cmap): Promise<Pdf> {
  refuseInflatingPdf(bytes);
  const pdfjs = await getResolvedPDFJS();
  const task = pdfjs.getDocument({
    worker: startPdfWorker(pdfjs),
    // PDF.js refuses subclasses such as Node's Buffer.
    data: bytes.constructor === Uint8Array ? bytes : new Uint8Array(bytes),
    // Read with a factory, since `useWorkerFetch` would ask for a URL that a Worker doesn't serve itself.
    BinaryDataFactory: cmapFactory(cmap),
    cMapUrl: "cmaps/",
    cMapPacked: true,
    useWorkerFetch: false,
    useSystemFonts: true,
    disableFontFace: true,
    isOffscreenCanvasSupported: false,
    useWasm: false,
    verbosity: 0,
  });
  try {
    return await task.promise;
  } catch (error) {
    await task.destroy();
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

async function readPage(pdf: Pdf, number: number, printed: string | null): Promise<ParsedPage> {
  const label = printed === null || printed === "" || printed === String(number) ? null : printed;
  const kind = "page";
  let page: Page;
  try {
    page = await pdf.getPage(number);
  } catch (error) {
    // A page tree that lies about its count, or a broken page: the others may still be read.
    if (number === 1 && pdf.numPages === 1)
      throw new ParseFailure("corrupt", String(error), { cause: error });
    return { number, kind, label, text: "", headings: [] };
  }
  try {
    const { items, styles } = await readItems(page);
    const runs = readRuns(items, styles, page.getViewport({ scale: 1 }).transform);
    const { text, headings } = composePage(runs.flatMap(layoutPage));
    return { number, kind, label, text, headings };
  } catch (error) {
    if (number === 1 && pdf.numPages === 1)
      throw new ParseFailure("corrupt", String(error), { cause: error });
    return { number, kind, label, text: "", headings: [] };
  } finally {
    page.cleanup();
  }
}

/** The first items of a page, read as they are decoded, so that the rest never exists. */
async function readItems(page: Page): Promise<{ items: PdfTextItem[]; styles: TextContent["styles"] }> {
  const items: PdfTextItem[] = [];
  const styles: TextContent["styles"] = {};
  const reader = (page.streamTextContent() as ReadableStream<TextContent>).getReader();
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    Object.assign(styles, chunk.value.styles);
    for (const item of chunk.value.items) if ("str" in item) items.push(item);
    if (items.length < MAX_ITEMS) continue;
    items.length = MAX_ITEMS;
    await reader.cancel(new Error("enough text items"));
    break;
  }
  return { items, styles };
}
