import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    qdrant: { url: string; apiKey: string };
  }
}

/** Where the server of `dev/qdrant/` listens during tests, and the key it wants. */
export function qdrantStandIn(): { url: string; apiKey: string } {
  return inject("qdrant");
}
