import { and, asc, eq, gt } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { collections } from "../../db/schema/collections.ts";
import { documents } from "../../db/schema/documents.ts";
import { alive } from "../collections/collection.ts";
import { visible } from "../documents/document.ts";
import { createNamer } from "./entry-names.ts";

/** A stored original and the path it has in the archive. */
export type Original = { document_id: string; key: string; path: string; at: Date };

/** Documents read at once. */
const DOCUMENTS_PER_READ = 500;

/** The original of every document, under its collection's name and its folders, collection by collection. */
export async function* listOriginals(ctx: TenantContext): AsyncGenerator<Original, void> {
  const [shelves] = await ctx.db.transaction((q) => [
    q
      .select({ id: collections.id, name: collections.name })
      .from(collections)
      .where(alive)
      .orderBy(asc(collections.created_at), asc(collections.id)),
  ]);
  const nameShelf = createNamer();
  for (const { id, name } of shelves) yield* originalsOf(ctx, id, nameShelf([name]));
}

async function* originalsOf(
  ctx: TenantContext,
  collectionId: string,
  shelf: string,
): AsyncGenerator<Original, void> {
  const nameFile = createNamer();
  for (let page = await readPage(ctx, collectionId); page.length > 0; ) {
    for (const { id, key, filename, folder, at } of page) {
      const path = nameFile([...folder.split("/").filter(Boolean), filename]);
      yield { document_id: id, key, path: `files/${shelf}/${path}`, at };
    }
    page = await readPage(ctx, collectionId, page.at(-1)?.id);
  }
}

async function readPage(ctx: TenantContext, collectionId: string, after?: string) {
  const beyond = after ? gt(documents.id, after) : undefined;
  const [rows] = await ctx.db.transaction((q) => [
    q
      .select({
        id: documents.id,
        key: documents.storage_key,
        filename: documents.filename,
        folder: documents.folder,
        at: documents.created_at,
      })
      .from(documents)
      .where(and(eq(documents.collection_id, collectionId), visible, beyond))
      .orderBy(asc(documents.id))
      .limit(DOCUMENTS_PER_READ),
  ]);
  return rows;
}
