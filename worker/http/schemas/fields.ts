import * as z from "zod";

// Of the chat path, where `.openapi()` isn't loaded: whoever describes one of these takes `.meta()`.

export const Id = z.uuid();

export const IdParam = z.object({ id: Id });

/** `?limit&cursor`, the same for every list. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(100).optional(),
});

/** Text that Postgres can store: no NUL, no half of a surrogate pair. */
export const Text = z
  .string()
  .refine((text) => !text.includes("\0") && text.isWellFormed(), "Holds characters that are no text");

/** A name or title: one line, trimmed, not empty. */
export const Name = Text.transform((text) => text.replace(/\s+/g, " ").trim()).pipe(
  z.string().min(1).max(120),
);
