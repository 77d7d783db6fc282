import type { TenantContext } from "../context.ts";
import type { FileSource } from "../ports/document-parser.ts";
import { IngestFailure } from "../services/documents/failure.ts";

/**
 * A stored original, read from R2 by range. Reading throws `IngestFailure`: "file_missing", or "internal" when R2 doesn't
 * answer as it should, which is no fault of the file's.
 */
export function openOriginal(
  ctx: TenantContext,
  { storage_key: key, size_bytes: size }: { storage_key: string; size_bytes: number },
): FileSource {
  return {
    size,
    async read(start, end) {
      try {
        const part = await ctx.files.get(key, { range: { offset: start, length: end - start } });
        if (!part) throw new IngestFailure("file_missing", `no object ${key}`);
        const bytes = new Uint8Array(await part.arrayBuffer());
        if (bytes.length === end - start) return bytes;
        throw new Error(`${bytes.length} bytes instead of ${end - start}`);
      } catch (error) {
        if (error instanceof IngestFailure) throw error;
        throw new IngestFailure("internal", `reading ${key} from ${start}`, { cause: error });
      }
    },
  };
}
