import { isImporting } from "../api/follow.ts";
import type { Import } from "../api/shapes.ts";
import type { Batch } from "./batch.ts";
import { importPresence } from "./presence.ts";
import { remember } from "./remember.ts";
import { tallyBatch } from "./tally.ts";

let batches: Batch[] = [];
const listeners = new Set<() => void>();
/** Of what each batch is sending; aborted to call it off. */
const sending = new Map<string, AbortController>();

/** The imports on show, newest first. They live beside the pages, so that they go on wherever the reader is. */
export const importStore = {
  batches: () => batches,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  find: (id: string) => batches.find((batch) => batch.id === id),
  add: (batch: Batch) => put([batch, ...batches]),
  /** After a reload: what was kept goes behind what was begun meanwhile. */
  restore(kept: Batch[]) {
    const known = new Set(batches.map(({ id }) => id));
    put([...batches, ...kept.filter(({ id }) => !known.has(id))]);
  },
  change: (id: string, change: (batch: Batch) => Partial<Batch>) =>
    put(batches.map((batch) => (batch.id === id ? { ...batch, ...change(batch) } : batch))),
  dismiss(id: string) {
    sending.get(id)?.abort();
    put(batches.filter((batch) => batch.id !== id));
  },
  /** An import as it is now; null once it is gone with its collection. */
  noteImport(id: string, found: Import | null) {
    const next = batches.map((batch) => ({
      ...batch,
      imports: batch.imports.flatMap((each) => (each.id === id ? (found ?? []) : [each])),
    }));
    put(next.filter((batch) => found !== null || !isBare(batch)));
  },
  /** An import that isn't at its end, or whose documents aren't. */
  openImports: (): Import[] =>
    batches.flatMap(({ imports }) => imports.filter((each) => isImporting(each) || each.counts.reading > 0)),
  /** Whether documents may still come into a collection. */
  isActive: (collectionId: string) =>
    batches.some((batch) => batch.collectionId === collectionId && !tallyBatch(batch).isOver),
  /** The signal under which a batch is sent; a new one calls off the one before. */
  beginSending(id: string): AbortSignal {
    sending.get(id)?.abort();
    const controller = new AbortController();
    sending.set(id, controller);
    return controller.signal;
  },
  callOff: (id: string) => sending.get(id)?.abort(),
};

function isBare({ imports, outgoing, refused, archive, lost }: Batch): boolean {
  return imports.length + outgoing.length + refused.length + lost === 0 && archive === null;
}

function put(next: Batch[]): void {
  batches = next;
  remember(batches);
  importPresence.note(batches.length > 0);
  for (const listener of listeners) listener();
}
