import * as z from "zod";
import { Id, Text } from "./fields.ts";

// Of the chat path, where `.openapi()` isn't loaded: what documents them is `.meta()`.

export const AssistantParam = z.object({ assistant_id: Id });

export const ResumeHeaders = z.object({
  "last-event-id": z.string().optional().meta({
    description: "The `id` of the last event received of this turn's answer",
    example: "2.132.1",
  }),
});

const Asked = z.object({
  message: Text.trim().min(1).max(4_000),
  conversation_id: Id.optional(),
  revises: Id.optional().meta({
    description:
      "A message of the conversation to ask this in the place of: it and what followed it are kept, " +
      "but no longer gone on from",
  }),
});

const revisesWithin = ({ conversation_id, revises }: z.infer<typeof Asked>) =>
  !revises || Boolean(conversation_id);
const UNNAMED = {
  path: ["conversation_id"],
  message: "Names the conversation of the message that is revised",
};

export const ChatInput = Asked.refine(revisesWithin, UNNAMED).meta({ id: "ChatInput" });

export const StreamInput = Asked.extend({
  turn_id: z
    .string()
    .regex(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i)
    .optional()
    .meta({
      description:
        "A UUID of the client's making, new for each question: with it the request can be sent again, and goes on " +
        "where the same answer is",
      example: "0b8a4a4e-6f0b-4c49-9f7e-0d6a0b6f3f8e",
    }),
})
  .refine(revisesWithin, UNNAMED)
  .meta({ id: "StreamInput" });
