import type { TenantContext } from "../../../context.ts";
import { requirePermission } from "../../access/permissions.ts";
import { type ArchiveUpload, readUpload, toUpload } from "./upload.ts";

/** What of an archive has arrived. Throws `not_found`, also once it is complete. */
export async function getUpload(ctx: TenantContext, id: string): Promise<ArchiveUpload> {
  requirePermission(ctx, "library.write");
  const { row, parts } = await readUpload(ctx, id);
  return toUpload(row, parts);
}
