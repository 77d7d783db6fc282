import { asOwner, type Json } from "../harness.ts";
import type { Deployment } from "./deployment.ts";
import type { Ending } from "./kill-points.ts";
import { readState } from "./state.ts";

/**
 * A journey that must come to the same end whatever happens on the way. `prepare`: what was there before, undisturbed.
 * `start`: what a client asks for; its requests are tried again once, as clients do. `state`: what is compared.
 */
export type Scenario<Prepared = unknown> = {
  name: string;
  /** The endings that each call is given in turn. */
  endings: Ending[];
  prepare(at: Deployment): Promise<Prepared>;
  start(at: Deployment, prepared: Prepared): Promise<void>;
  state(at: Deployment): Promise<unknown>;
};

const NOTE =
  "# Cellar\n\nThe cellar is kept at twelve degrees all year round.\n\n# Attic\n\nThe attic is warm in summer.";

/** Several sections and several chunks, so that a crash can come between them. */
const GUIDE = Array.from(
  { length: 6 },
  (_, i) => `# Room ${i}\n\n${`Room ${i} is heated to ${15 + i} degrees from October on. `.repeat(8)}`,
).join("\n\n");

export async function collectionOf(at: Deployment): Promise<string> {
  const { body } = await at.request("POST", "/collections", () => ({ name: "Library" }));
  return String(body.id);
}

export async function upload(
  at: Deployment,
  collectionId: string,
  filename: string,
  text: string,
): Promise<Json> {
  const { body } = await at.request("POST", `/documents/upload/${collectionId}`, () => {
    const form = new FormData();
    form.set("file", new File([text], filename));
    return form;
  });
  return body;
}

/** Delivers in order, one by one, until nothing is left to do; the sweep helps where messages were lost. */
export async function untilFinal(at: Deployment): Promise<void> {
  for (let round = 0; round < 12; round++) {
    for (let turn = 0; at.queue.length > 0 && turn < 60; turn++) await at.deliver(at.queue.splice(0, 1));
    const [busy] = await asOwner()`select 1 from ingest_jobs where tenant_id = ${at.tenantId} limit 1`;
    if (!busy) return;
    await at.sweep();
  }
  throw new Error("work is left that nobody ends");
}

const uploading: Scenario<string> = {
  name: "an upload becomes ready",
  endings: ["before", "after", "death before", "death after"],
  prepare: collectionOf,
  async start(at, collectionId) {
    await upload(at, collectionId, "guide.md", GUIDE);
  },
  /** A request cut off between R2 and Postgres leaves a file that nothing leads to for a day (decision 024). */
  async state(at) {
    const { objects, ...state } = await readState(at);
    return { ...state, objects: objects.filter(({ key }) => !key.startsWith("nobody's/")) };
  },
};

const deleting: Scenario<string> = {
  name: "a deleted document leaves nothing, and the others stay",
  endings: ["before", "death after"],
  async prepare(at) {
    const id = await collectionOf(at);
    await upload(at, id, "guide.md", GUIDE);
    const gone = await upload(at, id, "note.md", NOTE);
    await untilFinal(at);
    return String(gone.id);
  },
  async start(at, id) {
    await at.request("DELETE", `/documents/${id}`);
  },
  state: readState,
};

const retrying: Scenario<string> = {
  name: "a failed document that is tried again goes on where it stopped",
  endings: ["before", "death after"],
  async prepare(at) {
    const id = await collectionOf(at);
    const { id: documentId } = await upload(at, id, "guide.md", GUIDE);
    await untilFinal(at);
    await asOwner().transaction([
      asOwner()`update documents set status = 'failed', error_code = 'upstream_unavailable', failed_step = 'embed',
        published_version = null, chunks_done = 2 where id = ${documentId}`,
      asOwner()`update chunks set indexed = ordinal < 2 where document_id = ${documentId}`,
      asOwner()`delete from chunk_embeddings using chunks
        where chunks.id = chunk_id and document_id = ${documentId} and ordinal >= 2`,
      asOwner()`update usage_reservations set state = 'released' where tenant_id = ${at.tenantId} and metric = 'pages'`,
      asOwner()`update usage_counters set used = 0 where tenant_id = ${at.tenantId} and metric = 'pages'`,
      asOwner()`delete from usage_daily where tenant_id = ${at.tenantId}`,
    ]);
    return String(documentId);
  },
  async start(at, id) {
    await at.request("POST", `/documents/${id}/retry`);
  },
  state: readState,
};

export const SCENARIOS: Scenario[] = [uploading, deleting, retrying];
