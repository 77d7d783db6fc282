import type { Context } from "hono";
import { type FormFile, readFormFile } from "./form-file.ts";
import type { AppEnv } from "./router.ts";

/** Gives `use` the file of a request's form, under `file`, while it is sent. Throws what `readFormFile` and `use` throw. */
export async function withUploadedFile<T>(
  c: Context<AppEnv>,
  use: (file: FormFile) => Promise<T>,
): Promise<T> {
  // A request that is repeated safely was read before, to tell it from another.
  const body = c.req.raw.bodyUsed ? new Blob([await c.req.arrayBuffer()]).stream() : c.req.raw.body;
  const file = await readFormFile({ body, contentType: c.req.header("Content-Type") }, "file");
  try {
    return await use(file);
  } finally {
    await file.content.cancel().catch(() => {});
  }
}
