import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import { AppError } from "../../errors.ts";
import { problemResponse } from "../problem.ts";
import type { AppEnv } from "../router.ts";

/** Requests that carry a file: a document, a new version of one, a part of an archive. */
const UPLOAD =
  /^(POST \/api\/v1\/documents\/upload\/|PUT \/api\/v1\/(documents\/[^/]+\/content$|imports\/uploads\/[^/]+\/parts\/))/;
/** Requests that carry several, or addresses. */
const IMPORT = "POST /api/v1/imports";

/** Refuses bodies over a number of bytes, others for uploads, whether or not their length is announced. */
export function limitBody(bytes: { uploads: number; imports: number; others: number }) {
  const uploads = limitStream(bytes.uploads);
  const imports = limitStream(bytes.imports);
  const others = limit(bytes.others);
  return createMiddleware<AppEnv>(async function limitByRoute(c, next) {
    const route = `${c.req.method} ${c.req.path}`;
    if (route === IMPORT && c.req.header("Content-Type")?.startsWith("multipart/")) {
      // To tell it from another, what is to be repeated safely is taken into memory.
      return c.req.header("Idempotency-Key") === undefined ? imports(c, next) : uploads(c, next);
    }
    return UPLOAD.test(route) || route === IMPORT ? uploads(c, next) : others(c, next);
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
