import { createRoute } from "@hono/zod-openapi";
import { AppError } from "../../errors.ts";
import { cancelImport } from "../../services/imports/cancel.ts";
import { getImport } from "../../services/imports/get.ts";
import { importAddresses, importSite } from "../../services/imports/import-addresses.ts";
import { importFiles } from "../../services/imports/import-files.ts";
import { listImports } from "../../services/imports/list.ts";
import { listEntries } from "../../services/imports/list-entries.ts";
import { retryImport } from "../../services/imports/retry.ts";
import { FilesForm, readImportForm } from "../import-form.ts";
import { incomingForm } from "../incoming-form.ts";
import { createRouter } from "../router.ts";
import { Id, IdParam, PageQuery, Text } from "../schemas/fields.ts";
import { EntryStateSchema, ImportEntrySchema, ImportSchema } from "../schemas/import.ts";
import { json, pageOf, problems } from "../schemas/shared.ts";
import * as z from "../zod.ts";

/** Addresses of one list. */
const MAX_ADDRESSES = 1_000;
/** Pages taken of a sitemap: unless it is said otherwise, and at most. */
const DEFAULT_PAGES = 100;
const MAX_PAGES = 1_000;

const AddressesBody = z
  .object({
    collection_id: Id,
    urls: z
      .array(Text.pipe(z.string().trim().min(1).max(2_048)))
      .min(1)
      .max(MAX_ADDRESSES)
      .optional()
      .openapi({ description: "Addresses that somebody chose; robots.txt isn't asked" }),
    sitemap: Text.pipe(z.url({ protocol: /^https?$/ }).max(2_048))
      .optional()
      .openapi({ description: "A sitemap or an index of them, gzipped or not; robots.txt is respected" }),
    max_pages: z.number().int().min(1).max(MAX_PAGES).optional(),
    other_origins: z
      .boolean()
      .optional()
      .openapi({ description: "With `sitemap`: whether pages of other sites are taken too" }),
  })
  .refine(({ urls, sitemap }) => (urls === undefined) !== (sitemap === undefined), {
    message: "Give either urls or sitemap",
    path: ["urls"],
  });

const EntriesQuery = PageQuery.extend({ state: EntryStateSchema.optional() });

const imported = { 202: json(ImportSchema, "Taken in; it is worked through in the background"), ...problems };

export const imports = createRouter()
  .openapi(
    createRoute({
      method: "post",
      path: "/imports",
      tags: ["imports"],
      summary: "Import many documents at once: files, a ZIP, addresses or a site",
      description:
        "Files may have as much together as the plan takes at once (`max_import_bytes`), or 51 MiB with an " +
        "`Idempotency-Key`, and are stored one by one while they are sent. A form that breaks off or isn't valid is " +
        "refused whole. Where a proxy before the Worker allows less for a request (Cloudflare: 100 MB on Free and Pro " +
        "zones), send several, or an archive in parts.",
      request: {
        body: {
          content: {
            "application/json": { schema: AddressesBody },
            "multipart/form-data": { schema: FilesForm },
          },
        },
      },
      responses: imported,
    }),
    async (c) => {
      const { ctx, locale } = c.var;
      if (c.req.header("Content-Type")?.startsWith("multipart/")) {
        const form = readImportForm(await incomingForm(c));
        return c.json(await importFiles(ctx, form, locale), 202);
      }
      // Typed by hand: a body of which one kind isn't validated has no type.
      const input = c.req.valid("json" as never) as z.infer<typeof AddressesBody> | Record<never, never>;
      // Without any body nothing was validated.
      if (!("collection_id" in input)) {
        throw new AppError("unsupported_media_type", "Send JSON or multipart/form-data.");
      }
      const {
        collection_id: collectionId,
        urls,
        sitemap,
        max_pages: maxPages = DEFAULT_PAGES,
        other_origins: otherOrigins = false,
      } = input;
      if (sitemap !== undefined) {
        return c.json(await importSite(ctx, { collectionId, sitemap, maxPages, otherOrigins }, locale), 202);
      }
      return c.json(await importAddresses(ctx, { collectionId, addresses: urls ?? [] }, locale), 202);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/imports",
      tags: ["imports"],
      summary: "Imports, newest first",
      request: { query: PageQuery },
      responses: { 200: json(pageOf(ImportSchema), "A page of them"), ...problems },
    }),
    async (c) => {
      const { limit, cursor = null } = c.req.valid("query");
      return c.json(await listImports(c.var.ctx, { limit, cursor }, c.var.locale), 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/imports/{id}",
      tags: ["imports"],
      summary: "One import and how far it is",
      request: { params: IdParam },
      responses: { 200: json(ImportSchema, "The import"), ...problems },
    }),
    async (c) => c.json(await getImport(c.var.ctx, c.req.valid("param").id, c.var.locale), 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/imports/{id}/entries",
      tags: ["imports"],
      summary: "What an import holds and what became of each, in its own order",
      request: { params: IdParam, query: EntriesQuery },
      responses: { 200: json(pageOf(ImportEntrySchema), "A page of them"), ...problems },
    }),
    async (c) => {
      const { limit, cursor = null, state } = c.req.valid("query");
      const { id } = c.req.valid("param");
      return c.json(await listEntries(c.var.ctx, id, state, { limit, cursor }, c.var.locale), 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/imports/{id}/cancel",
      tags: ["imports"],
      summary: "Take nothing more in; documents that are being read are left to finish",
      request: { params: IdParam },
      responses: { 200: json(ImportSchema, "As it is now"), ...problems },
    }),
    async (c) => c.json(await cancelImport(c.var.ctx, c.req.valid("param").id, c.var.locale), 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/imports/{id}/retry",
      tags: ["imports"],
      summary: "Try again what failed and may pass, documents included",
      request: { params: IdParam },
      responses: imported,
    }),
    async (c) => c.json(await retryImport(c.var.ctx, c.req.valid("param").id, c.var.locale), 202),
  );
