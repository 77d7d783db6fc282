import { type ApiClient, createApiClient } from "../../dev/client/api.ts";
import type { DocumentJson } from "../../dev/client/shapes.ts";
import { startStack } from "../../dev/stack.ts";
import { startFixedDelayModel } from "./fixed-delay-model.ts";

export type Ancre = { api: ApiClient; collectionId: string; close(): Promise<void> };

/** `dataDir`: where it keeps its data; null, the default: in memory. */
type Place = { dataDir?: string | null; inspectorPort?: number };

/** A local Ancre whose model answers each call after `delayMs`, with an empty collection. */
export async function startAncre(
  delayMs: number,
  { dataDir = null, inspectorPort }: Place = {},
): Promise<Ancre> {
  const model = await startFixedDelayModel(delayMs);
  try {
    const { variables } = model;
    const stack = await startStack({ dataDir, ports: "free", web: false, variables, inspectorPort });
    const api = createApiClient({ url: stack.apiUrl });
    const { id } = await api.json<{ id: string }>("POST", "/collections", { name: "bench:ingest" });
    return {
      api,
      collectionId: id,
      async close() {
        await stack.close();
        await model.close();
      },
    };
  } catch (error) {
    await model.close();
    throw error;
  }
}

/** Uploads bytes as a file of that name. */
export async function upload({ api, collectionId }: Ancre, name: string, bytes: Uint8Array): Promise<string> {
  const form = new FormData();
  form.set("file", new Blob([new Uint8Array(bytes)]), name);
  const { id } = await api.json<{ id: string }>("POST", `/documents/upload/${collectionId}`, form);
  return id;
}

/** Uploads a file and waits until it is ready. Rejects with its reason when it fails. */
export async function ingest(ancre: Ancre, name: string, bytes: Uint8Array): Promise<DocumentJson> {
  const document = await ancre.api.settle(await upload(ancre, name, bytes));
  if (document.status !== "ready") throw new Error(`${name}: ${document.error_message ?? document.status}`);
  return document;
}

/** Has a document read anew from the file that is stored, and waits until that is what is read. */
export async function readAnew({ api }: Ancre, { id, version }: DocumentJson): Promise<void> {
  await api.json("POST", `/documents/${id}/reindex`);
  const document = await api.settle(id);
  if (document.status !== "ready" || document.version !== version + 1) {
    throw new Error(`${document.filename}: ${document.error_message ?? document.status}`);
  }
}
