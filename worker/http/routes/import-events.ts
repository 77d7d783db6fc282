import { createRoute, z } from "@hono/zod-openapi";
import { getImport } from "../../services/imports/get.ts";
import { watchImport } from "../../services/imports/watch.ts";
import { eventStream, type ServerEvent } from "../event-stream.ts";
import { logUnexpected, toProblem } from "../problem.ts";
import { createRouter } from "../router.ts";
import { IdParam, problems } from "../schemas/shared.ts";

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
    const { ctx, locale, requestId } = c.var;
    const { id } = c.req.valid("param");
    const abort = new AbortController();
    await getImport(ctx, id, locale);
    const events = async function* (): AsyncGenerator<ServerEvent, void> {
      for await (const found of watchImport(ctx, id, locale, abort.signal))
        yield { event: "progress", data: found };
    };
    return eventStream(events(), {
      toErrorEvent: (error) => {
        logUnexpected(error, requestId);
        return { event: "error", data: toProblem(error, requestId) };
      },
      onCancel: (cleanUp) => {
        abort.abort();
        ctx.background(cleanUp);
      },
      onEnd: c.var.endsWithStream(),
    });
  },
);
