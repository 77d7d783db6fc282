import { count, inArray, sql } from "drizzle-orm";
import type { Locale } from "../../context.ts";
import type { Database } from "../../db/client.ts";
import { documents } from "../../db/schema/documents.ts";
import { importEntries, type imports } from "../../db/schema/imports.ts";
import { ownDocument, shownState } from "./entry.ts";
import { ENTRY_STATES, type EntryState } from "./entry-state.ts";
import { importSentence } from "./sentences.ts";

export type ImportRow = typeof imports.$inferSelect;

export type ImportCounts = { total: number | null } & Record<EntryState, number>;

export type Import = Pick<
  ImportRow,
  | "id"
  | "collection_id"
  | "kind"
  | "source"
  | "state"
  | "error_code"
  | "created_at"
  | "updated_at"
  | "finished_at"
> & { error_message: string | null; counts: ImportCounts; eta_seconds: number | null };

/** Choices of an import, and what its work has to remember between two messages. */
export type ImportOptions = {
  max_pages?: number;
  other_origins?: boolean;
  /** Everything it holds is on record. */
  listed?: boolean;
  /** Sitemaps still to be read, and how many were; in reading order. */
  sitemaps?: string[];
  sitemaps_read?: number;
  /** Pages on record. */
  pages?: number;
  /** When the work that is going on began (ISO 8601), and how many entries were final then. */
  began_at?: string;
  began_with?: number;
};

/** One row for each import and shown state: how many entries. */
export function selectCounts(q: Database, importIds: string[]) {
  return q
    .select({ import_id: importEntries.import_id, state: shownState, entries: count() })
    .from(importEntries)
    .leftJoin(documents, ownDocument)
    .where(inArray(importEntries.import_id, importIds))
    .groupBy(importEntries.import_id, sql`2`);
}

export type CountRow = Awaited<ReturnType<typeof selectCounts>>[number];

/** Whether nothing will change any more by itself. */
export function isFinal({ state }: Pick<ImportRow, "state">): boolean {
  return state === "done" || state === "failed" || state === "cancelled";
}

/** An import as the API shows it. `rows` may hold other imports' counts. */
export function toImport(row: ImportRow, rows: CountRow[], locale: Locale, now = new Date()): Import {
  const { id, collection_id, kind, source, state, error_code, created_at, updated_at, finished_at } = row;
  const counts = toCounts(row, rows);
  return {
    id,
    collection_id,
    kind,
    source,
    state,
    error_code,
    error_message: error_code === null ? null : importSentence(error_code, locale),
    counts,
    eta_seconds: etaSeconds(row, counts, now),
    created_at,
    updated_at,
    finished_at,
  };
}

function toCounts(row: ImportRow, rows: CountRow[]): ImportCounts {
  const own = rows.filter((found) => found.import_id === row.id);
  const of = (state: EntryState) => own.find((found) => found.state === state)?.entries ?? 0;
  const each = Object.fromEntries(ENTRY_STATES.map((state) => [state, of(state)])) as Record<
    EntryState,
    number
  >;
  const total = own.reduce((sum, found) => sum + found.entries, 0);
  return { total: row.state === "listing" ? null : total, ...each };
}

/** By how fast entries came to their end since the work began; null while none did, or nobody is at it. */
function etaSeconds(row: ImportRow, { total, pending, reading }: ImportCounts, now: Date): number | null {
  if (total === null || isFinal(row)) return null;
  const options = row.options as ImportOptions;
  const began = options.began_at ? new Date(options.began_at) : row.created_at;
  const done = total - pending - reading - (options.began_with ?? 0);
  const seconds = (now.getTime() - began.getTime()) / 1_000;
  return done > 0 && seconds > 0 ? Math.ceil(((pending + reading) * seconds) / done) : null;
}
