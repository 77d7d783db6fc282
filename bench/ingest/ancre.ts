import { type ApiClient, createApiClient } from "../../dev/client/api.ts";
import type { DocumentJson } from "../../dev/client/shapes.ts";
import { startStack } from "../../dev/stack.ts";
import { startFixedDelayModel } from "./fixed-delay-model.ts";

export type Ancre = { api: ApiClient; collectionId: string; close(): Promise<void> };

/** A fresh local Ancre, in memory, whose model answers each call after `delayMs`, with an empty collection. */
export async function startAncre(delayMs: number): Promise<Ancre> {
  const model = await startFixedDelayModel(delayMs);
  try {
    const stack = await startStack({ dataDir: null, ports: "free", web: false, variables: model.variables });
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
