import { readJson } from "../api/client.ts";
import type { DocumentVersion, LibraryDocument } from "../api/shapes.ts";
import { loadWords } from "../i18n/load-words.ts";

export type DocumentData = { document: LibraryDocument; versions: DocumentVersion[] };

/** A document and its versions. Throws `ApiProblem`. */
export async function loadDocument(id: string): Promise<DocumentData> {
  const [document, versions] = await Promise.all([
    readJson<LibraryDocument>(`/documents/${id}`),
    loadVersions(id),
    loadWords("document", "library"),
  ]);
  return { document, versions };
}

export async function loadVersions(id: string): Promise<DocumentVersion[]> {
  return (await readJson<{ data: DocumentVersion[] }>(`/documents/${id}/versions`)).data;
}
