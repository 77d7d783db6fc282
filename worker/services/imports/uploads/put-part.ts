import { eq, sql } from "drizzle-orm";
import type { TenantContext } from "../../../context.ts";
import { importUploads } from "../../../db/schema/imports.ts";
import { AppError, notFound } from "../../../errors.ts";
import { requirePermission } from "../../access/permissions.ts";
import { type ArchiveUpload, KEPT_HOURS, partsTotal, readUpload, toUpload } from "./upload.ts";

/**
 * Keeps a part of an archive, streamed; sent again, the later one counts. Throws `not_found` and `invalid_request` for a
 * number or a length that the upload doesn't have.
 */
export async function putPart(
  ctx: TenantContext,
  input: { id: string; number: number; body: ReadableStream<Uint8Array>; announcedBytes: number | null },
): Promise<ArchiveUpload> {
  requirePermission(ctx, "library.write");
  const { id, number, body, announcedBytes } = input;
  const { row } = await readUpload(ctx, id);
  const total = partsTotal(row);
  if (number > total) throw invalid("n", `There are ${total} parts.`);
  const bytes = number < total ? row.part_bytes : row.size_bytes - (total - 1) * row.part_bytes;
  const wrongLength = invalid("body", `Part ${number} has ${bytes} bytes.`);
  if (announcedBytes !== null && announcedBytes !== bytes) throw wrongLength;
  const multipart = ctx.files.resumeMultipartUpload(row.storage_key, row.multipart_id);
  const { readable, writable } = new FixedLengthStream(bytes);
  let seen = 0;
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform(piece, out) {
      seen += piece.byteLength;
      out.enqueue(piece);
    },
  });
  const [part] = await Promise.all([
    multipart.uploadPart(number, readable),
    body.pipeThrough(counting).pipeTo(writable),
  ]).catch((cause: unknown) => {
    throw seen === bytes ? cause : wrongLength;
  });
  const [extended] = await ctx.db.transaction((q) => [
    q
      .update(importUploads)
      .set({ expires_at: sql`now() + make_interval(hours => ${KEPT_HOURS})` })
      .where(eq(importUploads.id, id))
      .returning(),
    q.execute(sql`
      insert into import_upload_parts (tenant_id, upload_id, number, etag, size_bytes)
      select tenant_id, id, ${number}::int, ${part.etag}, ${bytes}::bigint from import_uploads
      where id = ${id} on conflict (upload_id, number) do update set etag = excluded.etag`),
  ]);
  if (!extended[0]) throw notFound("upload");
  return toUpload(extended[0], (await readUpload(ctx, id)).parts);
}

function invalid(path: string, message: string): AppError {
  return new AppError("invalid_request", message, { fields: [{ path, message }] });
}
