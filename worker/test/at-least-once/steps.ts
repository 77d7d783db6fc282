import { asOwner, type Json } from "../harness.ts";
import type { Deployment } from "./deployment.ts";

export async function collectionOf(at: Deployment, name = "Library"): Promise<string> {
  const { body } = await at.request("POST", "/collections", () => ({ name }));
  return String(body.id);
}

function fileForm(filename: string, text: string): FormData {
  const form = new FormData();
  form.set("file", new File([text], filename));
  return form;
}

export async function upload(
  at: Deployment,
  collectionId: string,
  filename: string,
  text: string,
): Promise<Json> {
  const { body } = await at.request("POST", `/documents/upload/${collectionId}`, () =>
    fileForm(filename, text),
  );
  return body;
}

/** Replaces what a document holds. */
export async function replace(at: Deployment, id: string, text: string): Promise<void> {
  await at.request("PUT", `/documents/${id}/content`, () => fileForm("note.md", text));
}

/** Imports files, as they are or as what an archive holds. */
export async function importFiles(at: Deployment, collectionId: string, files: File[]): Promise<void> {
  await at.request("POST", "/imports", () => {
    const form = new FormData();
    form.set("collection_id", collectionId);
    for (const file of files) form.append("file", file);
    return form;
  });
}

/** Delivers in order, one by one, until nothing is left to do; the sweep helps where messages were lost. */
export async function untilFinal(at: Deployment): Promise<void> {
  for (let round = 0; round < 12; round++) {
    for (let turn = 0; at.queue.length > 0 && turn < 60; turn++) await at.deliver(at.queue.splice(0, 1));
    const [busy] = await asOwner()`
      select 1 from ingest_jobs where tenant_id = ${at.tenantId}
      union all select 1 from import_jobs where tenant_id = ${at.tenantId}
      union all select 1 from deletion_receipts where tenant_id = ${at.tenantId} and completed_at is null limit 1`;
    if (!busy) return;
    await at.sweep();
  }
  throw new Error("work is left that nobody ends");
}
