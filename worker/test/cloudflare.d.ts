declare namespace Cloudflare {
  interface GlobalProps {
    mainModule: typeof import("../index.ts");
  }
  /** Set by `vitest.config.ts` besides the Worker's own variables. */
  interface Env {
    ANSWERS: DurableObjectNamespace<import("../running-answer.ts").RunningAnswer>;
    DATABASE_URL: string;
    OPENAI_BASE_URL: string;
    DEV_IMPORT_HOSTS: string;
    OWNER_DATABASE_URL: string;
    NEON_FETCH_ENDPOINT: string;
    CLERK_JWT_KEY: string;
    CLERK_PRIVATE_KEY: string;
    CLERK_WEBHOOK_SECRET: string;
    STRIPE_API_URL: string;
    STRIPE_SECRET_KEY: string;
    TIGHT_RATE_LIMIT: RateLimit;
  }
}
