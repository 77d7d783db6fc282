import { asOwner } from "../harness.ts";
import type { Scenario } from "./scenario.ts";
import { readState } from "./state.ts";
import { collectionOf, untilFinal, upload } from "./steps.ts";

const NOTE =
  "# Cellar\n\nThe cellar is kept at twelve degrees all year round.\n\n# Attic\n\nThe attic is warm in summer.";

/** Several sections and several chunks, so that a crash can come between them. */
const GUIDE = Array.from(
  { length: 6 },
  (_, i) => `# Room ${i}\n\n${`Room ${i} is heated to ${15 + i} degrees from October on. `.repeat(8)}`,
).join("\n\n");

export const uploading: Scenario<string> = {
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
  clean: { documents: [{ filename: "guide.md", status: "ready" }] },
};

export const deleting: Scenario<string> = {
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
  clean: {
    documents: [{ filename: "guide.md", status: "ready" }],
    receipts: [{ subject: "document", complete: true }],
  },
};

export const retrying: Scenario<string> = {
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
  clean: { documents: [{ filename: "guide.md", status: "ready" }] },
};
