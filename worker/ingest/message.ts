import * as z from "zod";

/**
 * "There is work." Whose turn it is is asked of `ingest_jobs`, not of the message: one that arrives twice, late or out of
 * order does the next slice there is, or nothing. The ids say on whose account it was sent, for whoever reads the log and
 * for the dead letters.
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
