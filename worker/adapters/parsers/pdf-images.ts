import type { PdfJs } from "./pdf-ranges.ts";

type Pdf = Awaited<ReturnType<PdfJs["getDocument"]>["promise"]>;
type Page = Awaited<ReturnType<Pdf["getPage"]>>;
type Matrix = [number, number, number, number, number, number];
/** A chunk of what PDF.js would draw; `fn` names the operation, `args` belongs to it. */
type Operators = { fnArray: number[]; argsArray: unknown[][] };
type Channel = {
  sendWithStream(action: string, data: object, strategy: object): ReadableStream<Operators>;
};

/** Share of the page that an image covers at least to be what the page shows; scans may come in strips. */
const IMAGE_SHARE = 0.05;
/** Operations looked at, of a page without text: the rest of a drawing says nothing new. */
const MAX_OPERATIONS = 20_000;
/** "Display", without annotations (RenderingIntentFlag of PDF.js). */
const INTENT = 2 | 64;

/**
 * Whether a page without text shows an image. PDF.js was told to decode none, so an image itself leaves no trace: what
 * tells of it is the unit square scaled to a good part of the page, which text and lines have no use for.
 */
export async function showsImage({ OPS }: PdfJs, pdf: Pdf, page: Page): Promise<boolean> {
  const [left = 0, bottom = 0, right = 0, top = 0] = page.view;
  const least = IMAGE_SHARE * Math.abs((right - left) * (top - bottom));
  const { messageHandler } = (pdf as unknown as { _transport: { messageHandler: Channel } })._transport;
  // As `getOperatorList` asks, which would hold the whole list: a drawing's is many times as long as its file.
  const request = {
    pageId: page.pageNumber - 1,
    pageIndex: page.pageNumber - 1,
    intent: INTENT,
    cacheKey: `images_${page.pageNumber}`,
    annotationStorage: null,
    modifiedIds: new Set<string>(),
  };
  const reader = messageHandler.sendWithStream("GetOperatorList", request, { highWaterMark: 1 }).getReader();
  const state = { current: IDENTITY, saved: [] as Matrix[] };
  let seen = 0;
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    const { fnArray, argsArray } = chunk.value;
    const found = fnArray.some((operation, index) => {
      follow(OPS, state, operation, argsArray[index] ?? []);
      const [a, b, c, d] = state.current;
      return Math.abs(a * d - b * c) >= least;
    });
    seen += fnArray.length;
    if (found || seen >= MAX_OPERATIONS) {
      // Not awaited: PDF.js never answers a cancellation that meets the list's end.
      reader.cancel(new Error("enough operations")).catch(() => {});
      return found;
    }
  }
  return false;
}

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

function follow(
  OPS: PdfJs["OPS"],
  state: { current: Matrix; saved: Matrix[] },
  operation: number,
  args: unknown[],
): void {
  if (operation === OPS.transform) state.current = scaled(state.current, args);
  else if (operation === OPS.save) state.saved.push(state.current);
  else if (operation === OPS.paintFormXObjectBegin) {
    state.saved.push(state.current);
    if (Array.isArray(args[0])) state.current = scaled(state.current, args[0]);
  } else if (operation === OPS.restore || operation === OPS.paintFormXObjectEnd) {
    state.current = state.saved.pop() ?? IDENTITY;
  }
}

/** Where things lie doesn't matter, how large they are does. */
function scaled([a, b, c, d]: Matrix, by: unknown[]): Matrix {
  const [e = 1, f = 0, g = 0, h = 1] = by.map(Number);
  return [a * e + c * f, b * e + d * f, a * g + c * h, b * g + d * h, 0, 0];
}
