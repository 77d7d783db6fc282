import type { getResolvedPDFJS } from "unpdf";

type PdfJs = Awaited<ReturnType<typeof getResolvedPDFJS>>;
type PdfWorker = InstanceType<PdfJs["PDFWorker"]>;
type PortOption = Parameters<PdfJs["PDFWorker"]["create"]>[0]["port"];
type Transfer = StructuredSerializeOptions["transfer"];
type Message = { stream?: number; chunk?: { items?: unknown[] } };
type Listener = (event: { data: unknown }) => void;
/** The half of PDF.js that reads files, which it offers to whoever runs it without a thread of its own. */
type ReadingHalf = { WorkerMessageHandler: { initializeFromPort(port: unknown): void } };

/** The kind of PDF.js's messages that carry a part of a stream, such as text items. */
const ENQUEUE = 4;

/**
 * Runs PDF.js's two halves in this thread. Unlike over the port that PDF.js makes for that, text items aren't copied
 * on their way: it makes them anew for each message, and copies were a twentieth of the time and memory of reading.
 */
export function startPdfWorker({ PDFWorker }: PdfJs): PdfWorker {
  const [asking, reading] = connectedPorts();
  const worker = PDFWorker.create({ port: asking as unknown as PortOption });
  (globalThis as unknown as { pdfjsWorker: ReadingHalf }).pdfjsWorker.WorkerMessageHandler.initializeFromPort(
    reading,
  );
  return worker;
}

/** The parts of a `MessagePort` that PDF.js uses. */
type Port = {
  postMessage(message: Message, transfer?: Transfer): void;
  addEventListener(name: string, listener: Listener, options?: { signal?: AbortSignal }): void;
  removeEventListener(name: string, listener: Listener): void;
};

function connectedPorts(): [Port, Port] {
  const listeners: [Set<Listener>, Set<Listener>] = [new Set(), new Set()];
  const port = (own: Set<Listener>, other: Set<Listener>): Port => ({
    postMessage(message, transfer) {
      const data = handOver(message, transfer);
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

function handOver(message: Message, transfer: Transfer): unknown {
  // The object around the items is filled again, so it alone is a copy.
  if (message.stream === ENQUEUE && message.chunk?.items) return { ...message, chunk: { ...message.chunk } };
  return structuredClone(message, transfer ? { transfer } : undefined);
}
