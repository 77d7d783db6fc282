import { and, asc, between, eq, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { documentPages } from "../../db/schema/documents.ts";
import type { ParsedPage } from "../../ports/document-parser.ts";
import type { IngestDocument } from "./load.ts";

/** Characters of the pages read at once; a page alone may have more. */
const SLICE_CHARACTERS = 500_000;
/** Pages read at once. */
const SLICE_PAGES = 200;

/** Pages `from` to `to`, both included. */
export type PageSlice = { from: number; to: number; characters: number };

/** Parts a version's stored pages into slices that are small enough to be held, by their lengths alone. */
export async function planSlices(ctx: TenantContext, document: IngestDocument): Promise<PageSlice[]> {
  const [pages] = await ctx.db.transaction((q) => [
    q
      .select({
        number: documentPages.number,
        characters: sql<number>`length(${documentPages.text})`.mapWith(Number),
      })
      .from(documentPages)
      .where(ofVersion(document))
      .orderBy(asc(documentPages.number)),
  ]);
  const slices: PageSlice[] = [];
  for (const { number, characters } of pages) {
    const last = slices.at(-1);
    const fits = last && number < last.from + SLICE_PAGES && last.characters + characters <= SLICE_CHARACTERS;
    if (fits) Object.assign(last, { to: number, characters: last.characters + characters });
    else slices.push({ from: number, to: number, characters });
  }
  return slices;
}

/** The pages themselves, one slice after the other. */
export async function* readSlices(
  ctx: TenantContext,
  document: IngestDocument,
  slices: PageSlice[],
): AsyncGenerator<ParsedPage[]> {
  for (const { from, to } of slices) {
    const [pages] = await ctx.db.transaction((q) => [
      q
        .select({
          number: documentPages.number,
          kind: documentPages.kind,
          label: documentPages.label,
          text: documentPages.text,
          headings: documentPages.headings,
        })
        .from(documentPages)
        .where(and(ofVersion(document), between(documentPages.number, from, to)))
        .orderBy(asc(documentPages.number)),
    ]);
    yield pages;
  }
}

function ofVersion({ id, version }: IngestDocument) {
  return and(eq(documentPages.document_id, id), eq(documentPages.version, version));
}
