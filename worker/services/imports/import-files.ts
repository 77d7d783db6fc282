import type { Locale, TenantContext } from "../../context.ts";
import { isDatabaseAway } from "../../db/client.ts";
import { requirePermission } from "../access/permissions.ts";
import { tooLarge } from "../documents/take-in.ts";
import { getImport } from "./get.ts";
import type { Import } from "./import.ts";
import { recordImport } from "./record.ts";
import { removeStored } from "./remove-stored.ts";
import { requireImportRoom } from "./require-room.ts";
import { type IncomingFile, stageFiles } from "./stage-files.ts";
import { archiveKey } from "./storage-key.ts";

/** Files as they arrive, to be read before the collection that they are for is asked. */
export type IncomingFiles = { files: AsyncIterable<IncomingFile>; collectionId(): string };

/**
 * Takes one or several files in as an import, while they arrive: an archive alone is unpacked, anything else is an entry
 * each. Throws `not_found` (the collection), `too_large`, `conflict` and what reading fails with; nothing is kept then.
 */
export async function importFiles(
  ctx: TenantContext,
  incoming: IncomingFiles,
  locale: Locale,
): Promise<Import> {
  requirePermission(ctx, "library.write");
  const limits = await requireImportRoom(ctx, null);
  const id = crypto.randomUUID();
  try {
    const { sizeBytes, archive, entries } = await stageFiles(ctx, id, incoming.files, limits);
    const collectionId = incoming.collectionId();
    // Sending them may have taken minutes.
    await requireImportRoom(ctx, collectionId);
    if (archive !== null) {
      const storageKey = archiveKey(ctx.tenantId, id);
      await recordImport(ctx, { id, collectionId, kind: "zip", source: archive, storageKey, sizeBytes });
    } else {
      const isAlone = entries.length === 1;
      if (isAlone && entries[0]?.error_code === "too_large") throw tooLarge(limits.maxFileBytes);
      await recordImport(ctx, { id, collectionId, kind: "files", sizeBytes, entries });
    }
  } catch (error) {
    // Without Postgres' own word the import may be on record after all; then what it was given must stay.
    if (!isDatabaseAway(error)) await removeStored(ctx, id);
    throw error;
  }
  return getImport(ctx, id, locale);
}
