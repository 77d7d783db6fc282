import { readJson } from "../api/client.ts";
import { asProblem } from "../api/problem.ts";
import type { Assistant, Collection, LibraryDocument, List, Tenant } from "../api/shapes.ts";
import { tenantOnShow } from "../api/tenant-choice.ts";
import { loadWords } from "../i18n/load-words.ts";

export type StartData = {
  tenant: Tenant | null;
  collection: Collection | null;
  assistants: Assistant[];
  /** The document that the address names, as when the page is loaded again while it is read. */
  document: LibraryDocument | null;
};

/** What the first steps stand on. Throws `ApiProblem`. */
export async function loadStart(documentId: string | null): Promise<StartData> {
  const [tenants, collections, assistants, document] = await Promise.all([
    readJson<List<Tenant>>("/tenants"),
    readJson<List<Collection>>("/collections?limit=1"),
    readJson<List<Assistant>>("/assistants?limit=100"),
    documentId === null ? null : loadDocument(documentId),
    loadWords("start"),
  ]);
  return {
    tenant: tenantOnShow(tenants.data) ?? null,
    collection: collections.data[0] ?? null,
    assistants: assistants.data,
    document,
  };
}

/** Null for one that isn't there any more: the steps begin anew. */
async function loadDocument(id: string): Promise<LibraryDocument | null> {
  try {
    return await readJson<LibraryDocument>(`/documents/${encodeURIComponent(id)}`);
  } catch (error) {
    const problem = asProblem(error);
    if (problem.code === "not_found" || problem.code === "invalid_request") return null;
    throw problem;
  }
}
