import { z } from "zod";

/**
 * "This document has work." What work is decided by the document's row in `ingest_jobs`, not by the message:
 * a message that arrives twice, late or out of order finds nothing to do and is ignored.
 */
export const IngestMessage = z.object({
  v: z.literal(1),
  tenant_id: z.uuid(),
  document_id: z.uuid(),
});

export type IngestMessage = z.infer<typeof IngestMessage>;

/** "This deletion has work", of a collection, an assistant or a tenant; its receipt says what. */
export const DeletionMessage = z.object({
  v: z.literal(1),
  tenant_id: z.uuid(),
  deletion_id: z.uuid(),
});

export type DeletionMessage = z.infer<typeof DeletionMessage>;
