import type { Context } from "hono";
import { type FormFile, readFormFile } from "./form-file.ts";
import { incomingForm } from "./incoming-form.ts";
import type { AppEnv } from "./router.ts";

/** Gives `use` the file of a request's form, under `file`, while it is sent. Throws what `readFormFile` and `use` throw. */
export async function withUploadedFile<T>(
  c: Context<AppEnv>,
  use: (file: FormFile) => Promise<T>,
): Promise<T> {
  const file = await readFormFile(await incomingForm(c), "file");
  try {
    return await use(file);
  } finally {
    await file.content.cancel().catch(() => {});
  }
}
