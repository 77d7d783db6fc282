import { eq, sql } from "drizzle-orm";
import type { Locale, TenantContext } from "../../../context.ts";
import { imports } from "../../../db/schema/imports.ts";
import { AppError } from "../../../errors.ts";
import { requirePermission } from "../../access/permissions.ts";
import { getImport } from "../get.ts";
import type { Import } from "../import.ts";
import { recordImport } from "../record.ts";
import { type PartRow, partsTotal, readUpload, type UploadRow } from "./upload.ts";

/** Numbers named when parts are missing. */
const NAMED_PARTS = 20;

/**
 * Makes a whole upload an import, which has its id: asked again, the same import is given. Throws `not_found`, and
 * `conflict` while parts are missing.
 */
export async function completeUpload(ctx: TenantContext, id: string, locale: Locale): Promise<Import> {
  requirePermission(ctx, "library.write");
  const [[known]] = await ctx.db.transaction((q) => [
    q.select({ id: imports.id }).from(imports).where(eq(imports.id, id)),
  ]);
  if (known) return getImport(ctx, id, locale);
  const { row, parts } = await readUpload(ctx, id);
  const there = new Set(parts.map(({ number }) => number));
  const missing = Array.from({ length: partsTotal(row) }, (_, at) => at + 1).filter((n) => !there.has(n));
  if (missing.length > 0) {
    const named = missing.slice(0, NAMED_PARTS).join(", ") + (missing.length > NAMED_PARTS ? "…" : "");
    throw new AppError("conflict", `These parts are missing: ${named}.`);
  }
  await assemble(ctx, row, parts);
  const {
    collection_id: collectionId,
    filename: source,
    storage_key: storageKey,
    size_bytes: sizeBytes,
  } = row;
  await recordImport(ctx, { id, collectionId, kind: "zip", source, storageKey, sizeBytes }, (q) => [
    q.execute(sql`delete from import_uploads where id = ${id}`),
  ]);
  return getImport(ctx, id, locale);
}

/** Once only: whoever was cut off behind it finds the whole file in its place. */
async function assemble(ctx: TenantContext, row: UploadRow, parts: PartRow[]): Promise<void> {
  const multipart = ctx.files.resumeMultipartUpload(row.storage_key, row.multipart_id);
  try {
    await multipart.complete(parts.map(({ number, etag }) => ({ partNumber: number, etag })));
  } catch (cause) {
    const whole = await ctx.files.head(row.storage_key);
    if (whole?.size === row.size_bytes) return;
    throw new AppError(
      "conflict",
      "The parts couldn't be put together. Try again; if it stays so, send the last ones again.",
      { cause },
    );
  }
}
