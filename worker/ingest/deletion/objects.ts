import type { TenantContext } from "../../context.ts";

/** The keys that begin so, a thousand at a time as R2 lists them. */
export async function* listKeys(ctx: TenantContext, prefix: string): AsyncGenerator<string[], void> {
  let cursor: string | undefined;
  do {
    const page = await ctx.files.list({ prefix, ...(cursor ? { cursor } : {}) });
    yield page.objects.map(({ key }) => key);
    cursor = page.truncated ? page.cursor : undefined;
  } while (cursor);
}

/** How many objects begin so. */
export async function countObjects(ctx: TenantContext, prefix: string): Promise<number> {
  let count = 0;
  for await (const keys of listKeys(ctx, prefix)) count += keys.length;
  return count;
}

/** Removes every object that begins so. */
export async function removeObjects(ctx: TenantContext, prefix: string): Promise<void> {
  for await (const keys of listKeys(ctx, prefix)) if (keys.length > 0) await ctx.files.delete(keys);
}
