import { AppError } from "../errors.ts";
import { type FilePart, type IncomingForm, readFormParts } from "./form-parts.ts";

/** A file as it arrives. */
export type FormFile = {
  filename: string;
  /** Ends once the whole form was seen to be as it should, and fails when it isn't: read to its end, a file is good. */
  content: ReadableStream<Uint8Array>;
};

/**
 * The one file of a multipart form, under `field`, while it is still being sent. Throws what `readFormParts` does, and
 * `invalid_request` for no such file or several; so does `content`. Whoever doesn't read that to its end must cancel it.
 */
export async function readFormFile(form: IncomingForm, field: string): Promise<FormFile> {
  const files = filesOf(form, field);
  const { value: file } = await files.next();
  if (!file) throw invalid(field, "A file is required.");
  return { filename: file.filename, content: pulledFrom(chunksOf(file, files, field)) };
}

async function* filesOf(form: IncomingForm, field: string): AsyncGenerator<FilePart, undefined> {
  for await (const part of readFormParts(form, 2)) {
    if (!("content" in part)) continue;
    if (part.name !== field) throw invalid(part.name, "There is no such field.");
    yield part;
  }
}

async function* chunksOf(
  file: FilePart,
  files: AsyncGenerator<FilePart>,
  field: string,
): AsyncGenerator<Uint8Array> {
  try {
    yield* file.content;
    if (!(await files.next()).done) throw invalid(field, "One file at a time.");
  } finally {
    await files.return(undefined);
  }
}

function pulledFrom(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await chunks.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

function invalid(path: string, message: string): AppError {
  return new AppError("invalid_request", "Some fields are not valid.", { fields: [{ path, message }] });
}
