import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import { AppError } from "../../errors.ts";
import { problemResponse } from "../problem.ts";
import type { AppEnv } from "../router.ts";

/** Requests that carry files: a document, a new version of one, an import of several, a part of an archive. */
const UPLOAD =
  /^(POST \/api\/v1\/(documents\/upload\/|imports$)|PUT \/api\/v1\/(documents\/[^/]+\/content$|imports\/uploads\/[^/]+\/parts\/))/;

/** Refuses bodies over a number of bytes, another one for uploads, whether or not their length is announced. */
export function limitBody(bytes: { uploads: number; others: number }) {
  const uploads = limitStream(bytes.uploads);
  const others = limit(bytes.others);
  return createMiddleware<AppEnv>(async function limitByRoute(c, next) {
    return UPLOAD.test(`${c.req.method} ${c.req.path}`) ? uploads(c, next) : others(c, next);
  });
}

function limit(maxSize: number) {
  return bodyLimit({ maxSize, onError: (c) => problemResponse(c, tooLarge(maxSize)) });
}

/** hono's own would take a body of unknown length into memory to measure it. */
function limitStream(maxSize: number) {
  return createMiddleware<AppEnv>(async function limitWhileRead(c, next) {
    if (Number(c.req.header("Content-Length") ?? 0) > maxSize) return problemResponse(c, tooLarge(maxSize));
    const { body } = c.req.raw;
    if (body) c.req.raw = new Request(c.req.raw, { body: body.pipeThrough(counting(maxSize)) });
    return next();
  });
}

function counting(maxSize: number): TransformStream<Uint8Array, Uint8Array> {
  let size = 0;
  return new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      size += chunk.length;
      if (size > maxSize) throw tooLarge(maxSize);
      controller.enqueue(chunk);
    },
  });
}

function tooLarge(maxSize: number): AppError {
  const allowed = maxSize >= 2 ** 20 ? `${maxSize / 2 ** 20} MiB` : `${maxSize / 2 ** 10} KiB`;
  return new AppError("too_large", `This request may have ${allowed}; it is larger.`);
}
