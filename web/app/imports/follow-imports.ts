import { readJson } from "../api/client.ts";
import { followImport, isImporting } from "../api/follow.ts";
import { asProblem } from "../api/problem.ts";
import type { Import } from "../api/shapes.ts";
import { importStore } from "./import-store.ts";

/** Between two looks at what isn't followed by events. */
const LOOK_MS = 2_000;
/** After a problem that is somebody's to mend: a session that ended. */
const REST_MS = 10_000;

let isFollowing = false;

/**
 * Keeps every open import up to date until none is left: one by its events, as each takes a connection of the browser's
 * few, the others by looking now and then.
 */
export async function followImports(): Promise<void> {
  if (isFollowing) return;
  isFollowing = true;
  try {
    for (let open = importStore.openImports(); open.length > 0; open = importStore.openImports()) {
      const [first] = open;
      await (first && isImporting(first) ? followOne(first.id) : lookAgain(open)).catch(() => pause(REST_MS));
    }
  } finally {
    isFollowing = false;
  }
}

async function followOne(id: string): Promise<void> {
  const controller = new AbortController();
  const timer = setInterval(() => {
    const others = importStore.openImports().filter((each) => each.id !== id);
    void Promise.all(others.slice(0, 5).map(({ id: other }) => look(other))).catch(() => undefined);
    // A batch that was put away isn't followed to its end.
    if (!importStore.openImports().some((each) => each.id === id)) controller.abort();
  }, LOOK_MS);
  try {
    for await (const found of followImport(id, controller.signal)) importStore.noteImport(id, found);
  } finally {
    clearInterval(timer);
    controller.abort();
  }
}

async function lookAgain(open: Import[]): Promise<void> {
  await pause(LOOK_MS);
  await Promise.all(open.slice(0, 5).map(({ id }) => look(id)));
}

/** An import as it is now. Throws `ApiProblem`. */
async function look(id: string): Promise<void> {
  const found = await readJson<Import>(`/imports/${id}`).catch((error: unknown) => {
    if (asProblem(error).code === "not_found") return null;
    throw error;
  });
  importStore.noteImport(id, found);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
