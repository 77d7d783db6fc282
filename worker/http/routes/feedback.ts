import { createRoute } from "@hono/zod-openapi";
import { rateMessage } from "../../services/conversations/rate-message.ts";
import { createRouter } from "../router.ts";
import { FeedbackInput, FeedbackSchema } from "../schemas/chat.ts";
import { Id } from "../schemas/fields.ts";
import { body, json, problems } from "../schemas/shared.ts";
import * as z from "../zod.ts";

export const feedback = createRouter().openapi(
  createRoute({
    method: "post",
    path: "/chat/{assistant_id}/messages/{id}/feedback",
    tags: ["chat"],
    summary: "Say what an answer of yours was worth",
    description: "It takes the place of what was said of it before.",
    request: { params: z.object({ assistant_id: Id, id: Id }), ...body(FeedbackInput) },
    responses: {
      200: json(z.object({ feedback: FeedbackSchema.nullable() }), "What is kept of it"),
      ...problems,
    },
  }),
  async (c) => {
    const { assistant_id: assistantId, id } = c.req.valid("param");
    const { rating, comment } = c.req.valid("json");
    const given = rating && { rating, comment: comment || null };
    await rateMessage(c.var.ctx, { assistantId, id, feedback: given });
    return c.json({ feedback: given }, 200);
  },
);
