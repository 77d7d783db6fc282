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
  const uploads = limit(bytes.uploads);
  const others = limit(bytes.others);
  return createMiddleware<AppEnv>(async function limitByRoute(c, next) {
    return UPLOAD.test(`${c.req.method} ${c.req.path}`) ? uploads(c, next) : others(c, next);
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
