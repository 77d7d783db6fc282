declare namespace Cloudflare {
  interface GlobalProps {
    mainModule: typeof import("../index.ts");
  }
  /** Set by `vitest.config.ts` besides the Worker's own variables. */
  interface Env {
    DATABASE_URL: string;
    OWNER_DATABASE_URL: string;
    NEON_FETCH_ENDPOINT: string;
  }
}
