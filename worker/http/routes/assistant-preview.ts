import { createRoute } from "@hono/zod-openapi";
import { previewAnswer } from "../../services/chat/preview-answer.ts";
import { startProgress } from "../../services/chat/progress.ts";
import { streamAnswer } from "../answer-stream.ts";
import { createRouter } from "../router.ts";
import { PreviewInput } from "../schemas/assistant.ts";
import { body, problems } from "../schemas/shared.ts";
import * as z from "../zod.ts";

/** What an assistant would answer as it stands in somebody's form. */
export const assistantPreview = createRouter().openapi(
  createRoute({
    method: "post",
    path: "/assistants/preview/stream",
    tags: ["assistants"],
    summary: "Ask an assistant that isn't saved, or not as it is now; for whoever edits it, signed in",
    description:
      "The events of a streamed chat. It counts as a question of the plan like any other, and is kept nowhere: the ids in " +
      "`start` name nothing that can be asked for, so a follow-up brings its turns along as `history`.",
    request: body(PreviewInput),
    responses: {
      200: { content: { "text/event-stream": { schema: z.string() } }, description: "A stream of events" },
      ...problems,
    },
  }),
  async (c) => {
    const { message, history, collection_ids, ...draft } = c.req.valid("json");
    const { ctx, locale, startedAt, authMs } = c.var;
    const progress = startProgress(authMs);
    c.set("progress", progress);
    const preview = {
      ...{ message, history, draft, collectionIds: collection_ids },
      ...{ locale, startedAt, authMs, progress },
    };
    return streamAnswer(c, (signal) => previewAnswer(ctx, preview, signal));
  },
);
