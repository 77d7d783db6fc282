import { readJson } from "../api/client.ts";
import { ApiProblem, asProblem, type ProblemCode } from "../api/problem.ts";
import type { Import, List } from "../api/shapes.ts";
import { type Batch, newBatch, type Refused } from "./batch.ts";
import { rememberedKey } from "./presence.ts";

type Remembered = Pick<
  Batch,
  "id" | "kind" | "collectionId" | "source" | "named" | "startedAt" | "lost" | "overRoom"
> & {
  importIds: string[];
  refused: Array<Omit<Refused, "problem"> & { code?: ProblemCode; detail?: string }>;
  archive: { id: string; filename: string; size: number; partsSent: number; partsTotal: number } | null;
};

/** Keeps in the browser what a reload can't find at the API: which imports belong together, what wasn't sent. */
export function remember(batches: Batch[]): void {
  if (batches.length === 0) {
    localStorage.removeItem(rememberedKey());
    return;
  }
  const kept = batches.map(({ imports, outgoing, refused, archive, ...batch }): Remembered => {
    const { id, kind, collectionId, source, named, startedAt, overRoom } = batch;
    return {
      ...{ id, kind, collectionId, source, named, startedAt, overRoom },
      lost: batch.lost + outgoing.length,
      importIds: imports.map((each) => each.id),
      refused: refused.map(({ problem, ...rest }) => ({
        ...rest,
        ...(problem ? { code: problem.code, detail: problem.message } : {}),
      })),
      archive: archive?.id ? { ...archive, id: archive.id } : null,
    };
  });
  try {
    localStorage.setItem(rememberedKey(), JSON.stringify(kept));
  } catch {
    // The browser has no more room: the import goes on, and a reload finds what was kept before.
  }
}

/** The batches kept, with their imports as the API has them now; those of which nothing is left are gone. */
export async function recall(signal: AbortSignal): Promise<Batch[]> {
  const batches = await Promise.all(read().map((kept) => revive(kept, signal)));
  const found = batches.some(({ lost }) => lost > 0) ? await adopt(batches, signal) : batches;
  return found.filter(
    ({ imports, refused, lost, archive }) => imports.length + refused.length + lost > 0 || archive,
  );
}

/** A request that the page was left in the middle of may have arrived: its import is found by where and when it began. */
async function adopt(batches: Batch[], signal: AbortSignal): Promise<Batch[]> {
  const { data } = await readJson<List<Import>>("/imports?limit=100", { signal });
  const known = new Set(batches.flatMap(({ imports }) => imports.map(({ id }) => id)));
  return batches.map((batch) => {
    if (batch.lost === 0) return batch;
    const own = data.filter(
      ({ id, kind, collection_id, created_at }) =>
        !known.has(id) &&
        kind === "files" &&
        collection_id === batch.collectionId &&
        created_at >= batch.startedAt,
    );
    for (const { id } of own) known.add(id);
    const arrived = own.reduce((sum, { counts }) => sum + (counts.total ?? 0), 0);
    return { ...batch, imports: [...batch.imports, ...own], lost: Math.max(0, batch.lost - arrived) };
  });
}

async function revive(
  { importIds, refused, archive, ...kept }: Remembered,
  signal: AbortSignal,
): Promise<Batch> {
  const imports = await Promise.all(
    importIds.map((id) =>
      readJson<Import>(`/imports/${id}`, { signal }).catch((error: unknown) => {
        if (asProblem(error).code === "not_found") return null;
        throw error;
      }),
    ),
  );
  return newBatch({
    ...kept,
    imports: imports.filter((found) => found !== null),
    refused: refused.map(({ code, detail, ...rest }) => ({
      ...rest,
      ...(code ? { problem: new ApiProblem(code, detail) } : {}),
    })),
    archive: archive && { ...archive, file: null },
    isStopped: archive !== null,
  });
}

/** What another release of this page wrote otherwise is worth nothing. */
function read(): Remembered[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(rememberedKey()) ?? "[]");
    return Array.isArray(kept) ? kept.filter(({ importIds, refused }) => importIds && refused) : [];
  } catch {
    return [];
  }
}
