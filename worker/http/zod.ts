import { extendZodWithOpenApi } from "@hono/zod-openapi";
import { ZodType } from "zod";

// The package does so too, but declares that loading it has no effect: a bundler may move it behind the schemas.
extendZodWithOpenApi({ ZodType } as Parameters<typeof extendZodWithOpenApi>[0]);

/**
 * Zod with `.openapi()`. Taken by its names, `import * as z from "…/zod.ts"`: of an object that holds all of them a
 * bundler can leave nothing out.
 */
export * from "zod";
