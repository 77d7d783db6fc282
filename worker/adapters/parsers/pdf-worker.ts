import type { getResolvedPDFJS } from "unpdf";

type PdfJs = Awaited<ReturnType<typeof getResolvedPDFJS>>;
type PdfWorker = InstanceType<PdfJs["PDFWorker"]>;
type PortOption = Parameters<PdfJs["PDFWorker"]["create"]>[0]["port"];
type Transfer = StructuredSerializeOptions["transfer"];
type Message = {
  sourceName?: string;
  targetName?: string;
  streamId?: number;
  stream?: number;
  chunk?: { items?: unknown[] };
  /** The answer to what the reading half asks first, before it sets a buffer of the file's length aside. */
  data?: { contentLength?: number; total?: number | FileBuffer };
};
type Listener = (event: { data: unknown }) => void;
/** The half of PDF.js that reads files, which it offers to whoever runs it without a thread of its own. */
type ReadingHalf = { WorkerMessageHandler: { initializeFromPort(port: unknown): void } };

/** The kind of PDF.js's messages that carry a part of a stream, such as text items. */
const ENQUEUE = 4;

/**
 * `port` reaches the reading half. `release` gives back the file's buffer, at once and not when it is collected; nothing
 * may be read after.
 */
export type StartedPdfWorker = { worker: PdfWorker; port: PdfPort; release(): void };

/**
 * Runs PDF.js's two halves in this thread. Unlike over the port that PDF.js makes for that, text items aren't copied
 * on their way: it makes them anew for each message, and copies were a twentieth of the time and memory of reading.
 */
export function startPdfWorker({ PDFWorker }: PdfJs): StartedPdfWorker {
  let buffer: FileBuffer | undefined;
  const [asking, reading] = connectedPorts((length) => {
    buffer = new FileBuffer(length);
    return buffer;
  });
  const worker = PDFWorker.create({ port: asking as unknown as PortOption });
  (globalThis as unknown as { pdfjsWorker: ReadingHalf }).pdfjsWorker.WorkerMessageHandler.initializeFromPort(
    reading,
  );
  return { worker, port: asking, release: () => buffer?.transfer(0) };
}

/**
 * Goes for the number of its bytes, and is what `new Uint8Array(number)` makes an array over: so PDF.js's buffer of the
 * file's length is one that can be given back. Two of them, one not collected yet, don't fit into a Worker.
 */
class FileBuffer extends ArrayBuffer {
  override valueOf(): number {
    return this.byteLength;
  }
}

/** The parts of a `MessagePort` that PDF.js uses. */
export type PdfPort = {
  postMessage(message: Message, transfer?: Transfer): void;
  addEventListener(name: string, listener: Listener, options?: { signal?: AbortSignal }): void;
  removeEventListener(name: string, listener: Listener): void;
};

function connectedPorts(setAside: (length: number) => FileBuffer): [PdfPort, PdfPort] {
  const listeners: [Set<Listener>, Set<Listener>] = [new Set(), new Set()];
  const port = (own: Set<Listener>, other: Set<Listener>): PdfPort => ({
    postMessage(message, transfer) {
      const data = handOver(message, transfer, setAside);
      // Later and in order, as between threads.
      Promise.resolve().then(() => {
        for (const listener of other) listener({ data });
      });
    },
    addEventListener(_, listener, options) {
      own.add(listener);
      options?.signal?.addEventListener("abort", () => own.delete(listener));
    },
    removeEventListener(_, listener) {
      own.delete(listener);
    },
  });
  return [port(listeners[0], listeners[1]), port(listeners[1], listeners[0])];
}

function handOver(message: Message, transfer: Transfer, setAside: (length: number) => FileBuffer): unknown {
  // The object around the items is filled again, so it alone is a copy.
  if (message.stream === ENQUEUE && message.chunk?.items) return { ...message, chunk: { ...message.chunk } };
  if (message.data?.contentLength) {
    return { ...message, data: { ...message.data, contentLength: setAside(message.data.contentLength) } };
  }
  // Progress is told for every chunk, out of what goes for the length; a copy of that is as large as the file.
  if (typeof message.data?.total === "object") {
    return { ...message, data: { ...message.data, total: message.data.total.valueOf() } };
  }
  const { data, ...rest } = message;
  if (Object.values(rest).every(isPlain) && isFlat(data)) return { ...message };
  return structuredClone(message, transfer ? { transfer } : undefined);
}

/** Most messages say that something is ready, ask for a page or tell its size: made anew each time, and left alone. */
function isFlat(data: object | null | undefined): boolean {
  if (data === null || data === undefined) return true;
  if (Object.getPrototypeOf(data) !== Object.prototype) return isPlain(data);
  return "refStr" in data || Object.values(data).every(isPlain);
}

function isPlain(value: unknown): boolean {
  return typeof value !== "object" && typeof value !== "function";
}
