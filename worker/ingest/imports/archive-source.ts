import type { TenantContext } from "../../context.ts";
import type { ByteSource } from "../../ports/archive.ts";
import { ImportFailure } from "../../services/imports/failure.ts";
import type { ImportRow } from "../../services/imports/import.ts";

/** An import's archive, read by range from R2. Reading throws `ImportFailure` "archive_missing". */
export function archiveSource(
  ctx: TenantContext,
  { storage_key: key, size_bytes: size }: ImportRow,
): ByteSource {
  return {
    size: size ?? 0,
    async read(offset, length) {
      // A range of nothing is none that R2 knows.
      if (length === 0) return new Blob([]).stream();
      const object = key === null ? null : await ctx.files.get(key, { range: { offset, length } });
      if (!object) throw new ImportFailure("archive_missing", "the archive is not there");
      return object.body;
    },
  };
}
