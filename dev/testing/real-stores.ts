type Environment = Record<string, string | undefined>;

export type VectorizeAccount = { accountId: string; apiToken: string; index: string };

/** Where real vector stores are; for one that isn't known, a text that says which variables are missing. */
export type RealStores = {
  qdrant: { url: string; apiKey?: string } | string;
  vectorize: VectorizeAccount | string;
};

declare module "vitest" {
  interface ProvidedContext {
    realStores: RealStores;
  }
}

/** Reads from the environment which real stores `npm run test:stores` may use. */
export function readRealStores(environment: Environment): RealStores {
  const { QDRANT_URL: url, QDRANT_API_KEY: apiKey } = environment;
  const {
    CLOUDFLARE_ACCOUNT_ID: accountId,
    CLOUDFLARE_API_TOKEN: apiToken,
    VECTORIZE_INDEX: index,
  } = environment;
  return {
    qdrant: url ? { url: url.replace(/\/+$/, ""), ...(apiKey ? { apiKey } : {}) } : "set QDRANT_URL",
    vectorize:
      accountId && apiToken && index
        ? { accountId, apiToken, index }
        : "set CLOUDFLARE_ACCOUNT_ID, CLOUDFLARE_API_TOKEN and VECTORIZE_INDEX",
  };
}
