import type { FileStore, TenantContext } from "../../context.ts";
import { cleanFilename } from "../documents/filename.ts";
import { openPartWriter } from "../documents/part-writer.ts";
import type { Plan } from "../usage/plans.ts";
import type { ListedEntry } from "./entry.ts";
import { entryPath, isSystemPath, namesApart } from "./entry-path.ts";
import { HEAD_BYTES, isArchive } from "./is-archive.ts";
import { importTooLarge } from "./require-room.ts";
import { archiveKey, stagedKey } from "./storage-key.ts";

/** A file as it arrives, with its folders in its name. */
export type IncomingFile = { filename: string; content: AsyncIterable<Uint8Array> };

/** What was stored: an archive that came alone, or an entry each. `sizeBytes` is of all that came. */
export type Staged = { sizeBytes: number; archive: string | null; entries: ListedEntry[] };

/**
 * Keeps in R2 what may become a document, one file after the other while they arrive, until it is taken in; a bounded part
 * of one is held. What may not become one has its outcome already, and is passed over. An archive that comes first is
 * kept, and removed should others follow. Throws `too_large` as soon as all together are over `maxImportBytes`, and
 * whatever reading fails with; what was kept is the caller's to remove.
 */
export async function stageFiles(
  ctx: TenantContext,
  importId: string,
  files: AsyncIterable<IncomingFile>,
  { maxFileBytes, maxImportBytes }: Pick<Plan, "maxFileBytes" | "maxImportBytes">,
): Promise<Staged> {
  const apart = namesApart();
  const entries: ListedEntry[] = [];
  let archive: string | null = null;
  let sizeBytes = 0;
  for await (const { filename, content } of files) {
    const ordinal = entries.length;
    const path = apart(entryPath(filename));
    const { head, all } = await readHead(counted(content));
    const isNested = isArchive(filename, head);
    const key = stagedKey(ctx.tenantId, importId, ordinal);
    let target: string | null = isNested || isSystemPath(path) ? null : key;
    if (isNested && ordinal === 0) {
      target = archiveKey(ctx.tenantId, importId);
      archive = cleanFilename(filename);
    }
    const size = await store(ctx.files, target, all, isNested ? maxImportBytes : maxFileBytes);
    const entry = { ordinal, ...path, size_bytes: size };
    if (size > maxFileBytes) entries.push({ ...entry, state: "failed", error_code: "too_large" });
    else if (isSystemPath(path)) entries.push({ ...entry, state: "skipped", error_code: "system_file" });
    else if (isNested) entries.push({ ...entry, state: "skipped", error_code: "nested_archive" });
    else entries.push({ ...entry, locator: { key } });
  }
  if (archive === null || entries.length === 1) return { sizeBytes, archive, entries };
  await ctx.files.delete(archiveKey(ctx.tenantId, importId));
  return { sizeBytes, archive: null, entries };

  async function* counted(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      sizeBytes += chunk.length;
      if (sizeBytes > maxImportBytes) throw importTooLarge(maxImportBytes);
      yield chunk;
    }
  }
}

/** The bytes that tell an archive, and all of them: nothing more was read. */
async function readHead(
  chunks: AsyncGenerator<Uint8Array>,
): Promise<{ head: Uint8Array; all: AsyncIterable<Uint8Array> }> {
  const read: Uint8Array[] = [];
  for (let size = 0; size < HEAD_BYTES; ) {
    const { done, value } = await chunks.next();
    if (done) break;
    read.push(value);
    size += value.length;
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    yield* read;
    yield* chunks;
  }
  return { head: new Uint8Array(await new Blob(read).arrayBuffer()), all: all() };
}

/** Writes an object under `key`, or none for null, and gives the size; none is kept past `maxBytes`. */
async function store(
  files: FileStore,
  key: string | null,
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<number> {
  let writer = key === null ? null : openPartWriter(files, key);
  let size = 0;
  try {
    for await (const chunk of chunks) {
      size += chunk.length;
      if (writer && size > maxBytes) {
        await writer.abort();
        writer = null;
      }
      await writer?.write(chunk);
    }
    await writer?.finish();
  } catch (error) {
    await writer?.abort();
    throw error;
  }
  return size;
}
