import { type PDFDocumentProxy, TextLayer } from "pdfjs-dist";

type Parts = { sheet: HTMLElement; canvas: HTMLCanvasElement; text: HTMLElement };

/** Sharpness beyond which only memory is spent. */
const MAX_PIXEL_RATIO = 2;
/** Pixels of a canvas' width beyond which a phone may not draw it at all. */
const MAX_CANVAS_WIDTH = 4_096;

/**
 * Draws a page as wide as its sheet, and above it the text that can be selected. Answers PDF.js's text items with
 * the elements they stand in. Throws when the page can't be drawn, or the signal aborts.
 */
export async function drawPage(
  pdf: PDFDocumentProxy,
  number: number,
  { sheet, canvas, text }: Parts,
  signal: AbortSignal,
): Promise<{ divs: HTMLElement[]; strings: string[] }> {
  const page = await pdf.getPage(number);
  signal.throwIfAborted();
  const scale = sheet.clientWidth / page.getViewport({ scale: 1 }).width;
  const viewport = page.getViewport({ scale });
  const ratio = Math.min(MAX_PIXEL_RATIO, window.devicePixelRatio || 1, MAX_CANVAS_WIDTH / viewport.width);
  canvas.width = Math.floor(viewport.width * ratio);
  canvas.height = Math.floor(viewport.height * ratio);
  sheet.style.setProperty("--total-scale-factor", String(scale));
  const drawing = page.render({ canvas, viewport, transform: [ratio, 0, 0, ratio, 0, 0] });
  signal.addEventListener("abort", () => drawing.cancel());
  await drawing.promise;
  text.replaceChildren();
  const layer = new TextLayer({ textContentSource: await page.getTextContent(), container: text, viewport });
  await layer.render();
  signal.throwIfAborted();
  return { divs: layer.textDivs, strings: layer.textContentItemsStr };
}
