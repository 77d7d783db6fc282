import { Busboy, type BusboyInstance } from "@fastify/busboy";
import { AppError } from "../errors.ts";

/** A file as it arrives. */
export type FormFile = {
  filename: string;
  /** Ends once the whole form was seen to be as it should, and fails when it isn't: read to its end, a file is good. */
  content: ReadableStream<Uint8Array>;
};

/** What is used of busboy's streams. */
type FileStream = AsyncIterable<Uint8Array> & {
  on(event: "error", listener: () => void): void;
  resume(): void;
};

/** What a form may hold beside its file; nothing of it is kept. */
const LIMITS = { files: 2, fields: 20, fieldSize: 65_536, parts: 22, headerPairs: 20, headerSize: 16_384 };

/**
 * The one file of a multipart form, under `field`, while it is still being sent: no more of it is held than the network
 * brought at once, and nothing is asked for before it is read. Throws `unsupported_media_type`, `malformed_request`,
 * `invalid_request` (no such file, or several); so does `content`. Whoever doesn't read that to its end must cancel it.
 */
export async function readFormFile(
  form: { body: ReadableStream<Uint8Array> | null; contentType: string | undefined },
  field: string,
): Promise<FormFile> {
  const { body, contentType = "" } = form;
  if (!/^multipart\/form-data\b/i.test(contentType)) {
    throw new AppError("unsupported_media_type", "This route takes multipart/form-data.");
  }
  if (!body) throw malformed();
  const parser = openParser(contentType);
  const opened = Promise.withResolvers<FormFile>();
  const ended = Promise.withResolvers<void>();
  const end = (error?: unknown) => {
    if (error === undefined) ended.resolve();
    else ended.reject(error);
    // Has no effect once the file was found.
    opened.reject(error ?? invalid(field, "A file is required."));
  };
  ended.promise.catch(() => {});
  let found = false;
  parser.on("file", (name: string, file: FileStream, filename: string | undefined) => {
    // Whoever reads it hears of it; nobody else must.
    file.on("error", () => {});
    if (name === field && !found) {
      found = true;
      opened.resolve({ filename: filename ?? "", content: pulledFrom(chunksOf(file, ended.promise)) });
      return;
    }
    file.resume();
    end(invalid(name, name === field ? "One file at a time." : "There is no such field."));
  });
  for (const limit of ["filesLimit", "fieldsLimit", "partsLimit"] as const) {
    parser.on(limit, () => end(invalid(field, "The form has too many parts.")));
  }
  parser.on("error", (error: unknown) => end(malformed(error)));
  parser.on("finish", () => end());
  feed(body, parser).catch((error: unknown) => end(error instanceof AppError ? error : malformed(error)));
  return opened.promise;
}

function openParser(contentType: string): BusboyInstance {
  try {
    return new Busboy({ headers: { "content-type": contentType }, limits: LIMITS });
  } catch (error) {
    throw malformed(error);
  }
}

/** Hands over one chunk after the other, each when the one before it was taken. */
async function feed(body: ReadableStream<Uint8Array>, parser: BusboyInstance): Promise<void> {
  for await (const chunk of body) {
    await new Promise<void>((resolve, reject) => {
      parser.write(chunk, (error?: Error | null) => (error ? reject(error) : resolve()));
    });
  }
  parser.end();
}

async function* chunksOf(file: FileStream, ended: Promise<void>): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of file) yield chunk;
  } catch (error) {
    throw malformed(error);
  }
  await ended;
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

function malformed(cause?: unknown): AppError {
  return new AppError("malformed_request", "The form breaks off or can't be read.", { cause });
}

function invalid(path: string, message: string): AppError {
  return new AppError("invalid_request", "Some fields are not valid.", { fields: [{ path, message }] });
}
