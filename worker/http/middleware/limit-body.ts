import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import { AppError } from "../../errors.ts";
import { problemResponse } from "../problem.ts";
import type { AppEnv } from "../router.ts";

/** What takes files: a document, an import of several, a part of an archive. */
const UPLOADS = /^\/api\/v1\/(documents\/upload\/|imports$|imports\/uploads\/[^/]+\/parts\/)/;

/** Refuses bodies over a number of bytes, another one for uploads, whether or not their length is announced. */
export function limitBody(bytes: { uploads: number; others: number }) {
  const uploads = limit(bytes.uploads);
  const others = limit(bytes.others);
  return createMiddleware<AppEnv>(async function limitByRoute(c, next) {
    return UPLOADS.test(c.req.path) ? uploads(c, next) : others(c, next);
  });
}

function limit(maxSize: number) {
  const allowed = maxSize >= 2 ** 20 ? `${maxSize / 2 ** 20} MiB` : `${maxSize / 2 ** 10} KiB`;
  return bodyLimit({
    maxSize,
    onError: (c) =>
      problemResponse(c, new AppError("too_large", `This request may have ${allowed}; it is larger.`)),
  });
}
