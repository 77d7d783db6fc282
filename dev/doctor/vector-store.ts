import { ask, type Check, missing, ok, outcomeOf, skipped, wrong } from "./finding.ts";

/** The vector store where it is a server of its own. */
export const vectorStore: Check = {
  name: "Vector store",
  async run({ VECTOR_STORE: store = "pgvector", QDRANT_URL: url, QDRANT_API_KEY: key }) {
    if (store === "pgvector") return [skipped("pgvector: the database is the store")];
    if (store === "vectorize") return [skipped("Vectorize: the Cloudflare account is looked at below")];
    if (!url) return [missing("QDRANT_URL", "The cluster's address, with its port (docs/vector-stores.md).")];
    const answer = await ask(new URL("/collections", url).href, { headers: key ? { "api-key": key } : {} });
    if (typeof answer !== "string" && answer.ok) return [ok("Qdrant answers")];
    const refused = typeof answer !== "string" && (answer.status === 401 || answer.status === 403);
    return [
      wrong(
        `Qdrant ${outcomeOf(answer)}`,
        refused ? "QDRANT_API_KEY isn't one of this server's." : "Check QDRANT_URL and that the server runs.",
      ),
    ];
  },
};
