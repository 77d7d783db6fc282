import { createRoute } from "@hono/zod-openapi";
import { stopAnswer } from "../../services/chat/turns/stop-answer.ts";
import { messageOfTurn } from "../../services/chat/turns/turn-id.ts";
import { createRouter } from "../router.ts";
import { Id } from "../schemas/fields.ts";
import { json, problems } from "../schemas/shared.ts";
import * as z from "../zod.ts";

const StoppedSchema = z
  .object({ message_id: Id, status: z.enum(["complete", "interrupted", "failed"]) })
  .openapi("StoppedAnswer");

const description =
  "The model's answer ends at once, its stream with `done` and `finish_reason: interrupted`; what was written is kept " +
  "when this answers. One that has ended is left as it is. An answer without a turn_id is stopped by closing its stream.";

export const stopAnswers = createRouter()
  .openapi(
    createRoute({
      method: "post",
      path: "/chat/{assistant_id}/messages/{message_id}/stop",
      tags: ["chat"],
      summary: "Stop an answer",
      description,
      request: { params: z.object({ assistant_id: Id, message_id: Id }) },
      responses: { 200: json(StoppedSchema, "What became of it"), ...problems },
    }),
    async (c) => {
      const { assistant_id, message_id } = c.req.valid("param");
      return c.json(await stopAnswer(c.var.ctx, assistant_id, message_id), 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/chat/{assistant_id}/turns/{turn_id}/stop",
      tags: ["chat"],
      summary: "Stop the answer to a turn, before its message is known",
      description,
      request: { params: z.object({ assistant_id: Id, turn_id: Id }) },
      responses: { 200: json(StoppedSchema, "What became of it"), ...problems },
    }),
    async (c) => {
      const { assistant_id, turn_id } = c.req.valid("param");
      const messageId = await messageOfTurn(c.var.ctx, turn_id);
      return c.json(await stopAnswer(c.var.ctx, assistant_id, messageId), 200);
    },
  );
