import { makeZip } from "client-zip";
import type { TenantContext } from "../../context.ts";
import { requirePermission } from "../access/permissions.ts";
import { recordAudit } from "../audit/entry.ts";
import { sheetLines } from "./lines.ts";
import { listOriginals } from "./originals.ts";
import { SHEETS } from "./sheets.ts";

type Entry = { name: string; input: ReadableStream<Uint8Array> | AsyncIterable<string>; lastModified: Date };

/**
 * All that a tenant's people wrote and uploaded, as a ZIP that is made while it is read: one JSONL file for each kind of
 * thing, then the original files, then `errors.jsonl`, last, which names each file that is missing and is empty else. It
 * is read as it is sent, not at one moment. When something fails midway the stream does too: an archive that opens is
 * whole. The export is on record before its first byte.
 */
export async function exportTenant(ctx: TenantContext): Promise<ReadableStream<Uint8Array>> {
  requirePermission(ctx, "tenant.export");
  await ctx.db.transaction((q) => [recordAudit(q, ctx, { action: "tenant.exported" })]);
  return makeZip(entries(ctx));
}

async function* entries(ctx: TenantContext): AsyncGenerator<Entry, void> {
  const now = new Date();
  for (const sheet of SHEETS) {
    yield { name: `${sheet.name}.jsonl`, input: sheetLines(ctx.db, sheet), lastModified: now };
  }
  const errors: string[] = [];
  for await (const { document_id, key, path, at } of listOriginals(ctx)) {
    const file = await ctx.files.get(key);
    if (file) yield { name: path, input: file.body, lastModified: at };
    else errors.push(`${JSON.stringify({ document_id, file: path, error: "file_missing" })}\n`);
  }
  yield { name: "errors.jsonl", input: iterate(errors), lastModified: now };
}

async function* iterate(lines: string[]): AsyncGenerator<string, void> {
  yield* lines;
}
