import type { Locale, TenantContext } from "../../context.ts";
import { requirePermission } from "../access/permissions.ts";
import type { ListedEntry } from "./entry.ts";
import { getImport } from "./get.ts";
import type { Import } from "./import.ts";
import { recordImport } from "./record.ts";
import { requireImportRoom } from "./require-room.ts";

/** Takes a list of addresses in; each is an entry with its own outcome. Throws `not_found` (the collection), `conflict`. */
export async function importAddresses(
  ctx: TenantContext,
  input: { collectionId: string; addresses: string[] },
  locale: Locale,
): Promise<Import> {
  requirePermission(ctx, "library.write");
  const { collectionId, addresses } = input;
  await requireImportRoom(ctx, collectionId);
  const id = crypto.randomUUID();
  const seen = new Set<string>();
  const entries = addresses.map((address, ordinal): ListedEntry => {
    const name = address.trim();
    const same = URL.canParse(name) ? new URL(name).href : name;
    if (seen.has(same)) return { ordinal, name, state: "skipped", error_code: "repeated" };
    seen.add(same);
    return { ordinal, name };
  });
  await recordImport(ctx, { id, collectionId, kind: "urls", entries });
  return getImport(ctx, id, locale);
}

/** Takes a site in by its sitemap, as far as its robots.txt lets. Throws `not_found` (the collection), `conflict`. */
export async function importSite(
  ctx: TenantContext,
  input: { collectionId: string; sitemap: string; maxPages: number; otherOrigins: boolean },
  locale: Locale,
): Promise<Import> {
  requirePermission(ctx, "library.write");
  const { collectionId, sitemap, maxPages, otherOrigins } = input;
  await requireImportRoom(ctx, collectionId);
  const id = crypto.randomUUID();
  const options = { max_pages: maxPages, other_origins: otherOrigins, sitemaps: [sitemap] };
  await recordImport(ctx, { id, collectionId, kind: "sitemap", source: sitemap, options });
  return getImport(ctx, id, locale);
}
