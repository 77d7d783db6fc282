import { eq } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { importEntries } from "../../db/schema/imports.ts";
import { type Admit, FetchFailure } from "../../ports/web.ts";
import type { ListedEntry } from "../../services/imports/entry.ts";
import { ImportFailure, isBarred } from "../../services/imports/failure.ts";
import type { ImportOptions, ImportRow } from "../../services/imports/import.ts";
import { siteRules } from "./site-rules.ts";
import { endListing, writeEntries } from "./write-entries.ts";

/** Sitemaps read for one import: an index of 50 lists more pages than an import takes. */
const MAX_SITEMAPS = 50;

/**
 * Reads the next sitemap of an import and puts its pages on record, up to the import's own bound. One that can't be read
 * ends the import if it is the first, else it is an entry that says so. Returns the seconds to wait before the next look.
 */
export async function listSitemap(ctx: TenantContext, row: ImportRow): Promise<number> {
  const { sitemaps = [], sitemaps_read = 0, max_pages = 0 } = row.options as ImportOptions;
  const known = await listedAddresses(ctx, row);
  const [next, ...rest] = sitemaps;
  if (next === undefined || known.size >= max_pages || sitemaps_read >= MAX_SITEMAPS) {
    if (known.size === 0) throw new ImportFailure("sitemap_empty", "no sitemap lists a page");
    await endListing(ctx, row);
    return 0;
  }
  const rules = siteRules(ctx, row);
  const { entries, further } = await readOne(ctx, next, rules.admit, sitemaps_read === 0);
  const fresh = entries.filter(({ name }) => !known.has(name)).slice(0, max_pages - known.size);
  const listed = fresh.map((entry, index): ListedEntry => ({ ordinal: known.size + index, ...entry }));
  await writeEntries(ctx, row, listed, {
    sitemaps: [...new Set([...rest, ...further])].slice(0, MAX_SITEMAPS),
    sitemaps_read: sitemaps_read + 1,
  });
  return rules.crawlDelay(next);
}

type Found = { entries: Array<Omit<ListedEntry, "ordinal">>; further: string[] };

async function readOne(ctx: TenantContext, address: string, admit: Admit, first: boolean): Promise<Found> {
  try {
    const { pages, sitemaps } = await ctx.web.fetchSitemap(address, admit);
    const names = new Set(pages.map(withoutFragment));
    return { entries: [...names].map((name) => ({ name })), further: sitemaps };
  } catch (error) {
    if (first || !(error instanceof FetchFailure)) throw error;
    const unread = { name: address, error_code: error.reason };
    const state = isBarred(error.reason) ? ("skipped" as const) : ("failed" as const);
    return { entries: [{ ...unread, state }], further: [] };
  }
}

/** Pages on record, which a sitemap that is read once more must not number again. */
async function listedAddresses(ctx: TenantContext, { id }: ImportRow): Promise<Set<string>> {
  const [rows] = await ctx.db.transaction((q) => [
    q.select({ name: importEntries.name }).from(importEntries).where(eq(importEntries.import_id, id)),
  ]);
  return new Set(rows.map(({ name }) => name));
}

function withoutFragment(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  url.hash = "";
  return url.href;
}
