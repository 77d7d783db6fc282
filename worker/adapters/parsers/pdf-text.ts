import type { PdfTextItem } from "./pdf-runs.ts";
import type { PdfPort } from "./pdf-worker.ts";

/** `styles` by font name; `whole` is false when the page has more items than were asked for. */
export type PageText = {
  items: PdfTextItem[];
  styles: Record<string, { vertical?: boolean }>;
  whole: boolean;
};

type StreamMessage = {
  targetName?: string;
  streamId?: number;
  stream?: number;
  chunk?: Omit<PageText, "whole">;
  reason?: unknown;
};

/** PDF.js's kinds of messages about a stream. */
const [CANCEL, CLOSE, ENQUEUE, ERROR] = [1, 3, 4, 5];
/** Whose answers these are: PDF.js's asking half leaves alone what isn't for it. */
const READER = "text";

/**
 * Reads the first `most` text items of a page. As `streamTextContent`, but asked of PDF.js's reading half itself, without
 * a stream and its messages in between; the reading half stops when it has sent that many.
 */
export function readText(port: PdfPort, docId: string, pageIndex: number, most: number): Promise<PageText> {
  // The asking half counts its streams from 1.
  const streamId = -1 - pageIndex;
  const send = (message: object) =>
    port.postMessage({ sourceName: READER, targetName: `${docId}_worker`, streamId, ...message });
  const text: PageText = { items: [], styles: {}, whole: true };
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      port.removeEventListener("message", hear);
      settle();
    };
    const hear = ({ data }: { data: unknown }) => {
      const { targetName, streamId: id, stream, chunk, reason } = data as StreamMessage;
      if (targetName !== READER || id !== streamId) return;
      if (stream === ENQUEUE && chunk) {
        Object.assign(text.styles, chunk.styles);
        for (const item of chunk.items) text.items.push(item);
        if (text.items.length < most) return;
        text.items.length = most;
        text.whole = false;
        send({ stream: CANCEL, reason: new Error("enough text items") });
        finish(() => resolve(text));
      } else if (stream === CLOSE) finish(() => resolve(text));
      else if (stream === ERROR) finish(() => reject(reason));
    };
    port.addEventListener("message", hear);
    const data = { pageId: pageIndex, pageIndex, includeMarkedContent: false, disableNormalization: false };
    send({ action: "GetTextContent", data, desiredSize: most });
  });
}
