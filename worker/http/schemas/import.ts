import { ENTRY_STATES } from "../../services/imports/entry-state.ts";
import * as z from "../zod.ts";
import { Id } from "./fields.ts";
import { Moment } from "./shared.ts";

const Count = z.number().int();

export const ImportSchema = z
  .object({
    id: Id,
    collection_id: Id,
    kind: z.enum(["files", "zip", "urls", "sitemap"]),
    source: z.string().openapi({ description: "The archive's name or the sitemap's address; may be empty" }),
    state: z.enum(["listing", "running", "done", "failed", "cancelled"]).openapi({
      description: "`done`: each entry, and each document made of one, has come to its end, well or badly",
    }),
    error_code: z.string().nullable(),
    error_message: z.string().nullable().openapi({ description: "Why the import as a whole ended" }),
    counts: z.object({
      total: Count.nullable().openapi({ description: "Null while it is being listed" }),
      pending: Count,
      reading: Count,
      ready: Count,
      duplicate: Count,
      skipped: Count,
      failed: Count,
      cancelled: Count,
    }),
    eta_seconds: Count.nullable().openapi({ description: "By the pace so far; null when that says nothing" }),
    created_at: Moment,
    updated_at: Moment,
    finished_at: Moment.nullable(),
  })
  .openapi("Import");

export const EntryStateSchema = z.enum(ENTRY_STATES);

export const ImportEntrySchema = z
  .object({
    id: Id,
    name: z.string().openapi({ description: "A file's name or an address" }),
    folder: z.string(),
    state: EntryStateSchema,
    document_id: Id.nullable().openapi({
      description: "With `duplicate`, the document that was there before",
    }),
    error_code: z.string().nullable(),
    error_message: z
      .string()
      .nullable()
      .openapi({ description: "What happened and what to do, by Accept-Language" }),
    size_bytes: Count.nullable(),
    updated_at: Moment,
  })
  .openapi("ImportEntry");

export const ArchiveUploadSchema = z
  .object({
    id: Id,
    collection_id: Id,
    filename: z.string(),
    size_bytes: Count,
    part_bytes: Count.openapi({ description: "Bytes of each part but the last" }),
    parts_total: Count,
    received: z.array(Count).openapi({ description: "Numbers of the parts that have arrived, from 1" }),
    created_at: Moment,
    expires_at: Moment.openapi({ description: "Each part that arrives moves it" }),
  })
  .openapi("ArchiveUpload");
