import { Busboy, type BusboyInstance } from "@fastify/busboy";
import { AppError } from "../errors.ts";

/** A file as it arrives, to be read to its end before the next part is asked for. */
export type FilePart = { name: string; filename: string; content: AsyncGenerator<Uint8Array> };

/** A part of a form: a file, or a field of text. */
export type FormPart = FilePart | { name: string; value: string };

/** A form on its way. */
export type IncomingForm = { body: ReadableStream<Uint8Array> | null; contentType: string | undefined };

/** What is used of busboy's streams. */
type FileStream = AsyncIterable<Uint8Array> & {
  on(event: "error", listener: () => void): void;
  destroy(error?: unknown): void;
};

/** What a form may hold beside its files. */
const LIMITS = { fields: 20, fieldSize: 65_536, headerPairs: 20, headerSize: 16_384 };

/**
 * The parts of a multipart form in their order, while it is still being sent: no more of it is held than the network
 * brought at once, and nothing is asked for before it is read. A file's name comes with its folders. Throws
 * `unsupported_media_type`, `malformed_request`, `invalid_request` (more than `maxFiles`) and what the body fails with; so
 * does the content of a file. Read to its end, a form is good.
 */
export async function* readFormParts(
  { body, contentType = "" }: IncomingForm,
  maxFiles: number,
): AsyncGenerator<FormPart, void> {
  if (!/^multipart\/form-data\b/i.test(contentType)) {
    throw new AppError("unsupported_media_type", "This route takes multipart/form-data.");
  }
  if (!body) throw malformed();
  const unread = new Set<FileStream>();
  try {
    yield* partsOf(body, openParser(contentType, maxFiles), unread);
  } finally {
    for (const file of unread) file.destroy();
  }
}

/** What busboy finds, as a stream; `unread` holds the files of it whose end wasn't read. */
function partsOf(
  body: ReadableStream<Uint8Array>,
  parser: BusboyInstance,
  unread: Set<FileStream>,
): ReadableStream<FormPart> {
  let isOver = false;
  return new ReadableStream<FormPart>({
    start(controller) {
      const fail = (error: unknown) => {
        if (isOver) return;
        isOver = true;
        const failure = error instanceof AppError ? error : malformed(error);
        controller.error(failure);
        for (const file of unread) file.destroy(failure);
      };
      const add = (part: FormPart) => {
        if (!isOver) controller.enqueue(part);
      };
      parser.on("file", (name: string, file: FileStream, filename: string | undefined) => {
        // Whoever reads it hears of it; nobody else must.
        file.on("error", () => {});
        unread.add(file);
        add({ name, filename: filename ?? "", content: chunksOf(file, unread) });
      });
      parser.on("field", (name: string, value: string) => add({ name, value }));
      for (const limit of ["filesLimit", "fieldsLimit", "partsLimit"] as const) {
        parser.on(limit, () => fail(new AppError("invalid_request", "The form has too many parts.")));
      }
      parser.on("error", fail);
      parser.on("finish", () => {
        if (!isOver) controller.close();
        isOver = true;
      });
      feed(body, parser).catch(fail);
    },
    cancel() {
      isOver = true;
    },
  });
}

function openParser(contentType: string, maxFiles: number): BusboyInstance {
  try {
    return new Busboy({
      headers: { "content-type": contentType },
      limits: { ...LIMITS, files: maxFiles, parts: maxFiles + LIMITS.fields },
      preservePath: true,
    });
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

async function* chunksOf(file: FileStream, unread: Set<FileStream>): AsyncGenerator<Uint8Array> {
  try {
    yield* file;
  } catch (error) {
    throw error instanceof AppError ? error : malformed(error);
  }
  unread.delete(file);
}

function malformed(cause?: unknown): AppError {
  return new AppError("malformed_request", "The form breaks off or can't be read.", { cause });
}
