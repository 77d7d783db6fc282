import * as z from "zod";

/** "This import has work." What work is decided by its rows, as for documents: repeated or late, it finds nothing to do. */
export const ImportMessage = z.object({
  v: z.literal(1),
  tenant_id: z.uuid(),
  import_id: z.uuid(),
});

export type ImportMessage = z.infer<typeof ImportMessage>;
