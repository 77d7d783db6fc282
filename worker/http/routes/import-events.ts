import { createRoute } from "@hono/zod-openapi";
import { getImport } from "../../services/imports/get.ts";
import { watchImport } from "../../services/imports/watch.ts";
import { progressStream } from "../progress-stream.ts";
import { createRouter } from "../router.ts";
import { IdParam } from "../schemas/fields.ts";
import { problems } from "../schemas/shared.ts";
import * as z from "../zod.ts";

export const importEvents = createRouter().openapi(
  createRoute({
    method: "get",
    path: "/imports/{id}/events",
    tags: ["imports"],
    summary:
      "Progress as server-sent events: `progress` with the import, until it is done, failed or cancelled",
    request: { params: IdParam },
    responses: {
      200: { content: { "text/event-stream": { schema: z.string() } }, description: "A stream of events" },
      ...problems,
    },
  }),
  async (c) => {
    const { ctx, locale } = c.var;
    const { id } = c.req.valid("param");
    await getImport(ctx, id, locale);
    return progressStream(c.var, (signal) => watchImport(ctx, id, locale, signal));
  },
);
