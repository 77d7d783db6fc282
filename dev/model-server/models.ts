/** The names that answers carry. A request may ask for any model: these two answer all the same. */
export const EMBEDDING_MODEL = "ancre-local-lexical-embedder";
export const CHAT_MODEL = "ancre-local-extractive-answerer";
/** What the models they stand in for cost (gpt-4o-mini, text-embedding-3-small), so that receipts have figures. */
export const LOCAL_PRICES = {
  [EMBEDDING_MODEL]: { input: 0.02, output: 0, since: "2024-01-25" },
  [CHAT_MODEL]: { input: 0.15, output: 0.6, since: "2024-07-18" },
};
export const FINGERPRINT = "ancre-local-no-neural-network";

const CREATED = Date.UTC(2026, 10, 22) / 1000;

/** The body of `GET /v1/models`. */
export function listModels() {
  return { object: "list", data: [EMBEDDING_MODEL, CHAT_MODEL].map(describe) };
}

/** The body of `GET /v1/models/{id}`. */
export function describe(id: string) {
  return { id, object: "model", created: CREATED, owned_by: "ancre-local" };
}

/** The body of `GET /`. */
export const ABOUT = {
  name: "Ancre local model server",
  what: "A stand-in for the OpenAI API without a neural network, for development and tests.",
  embeddings:
    "Hashed words and character 4-grams: it compares spellings, not meanings, and knows no translation.",
  chat: "Quotes sentences of the passages in the prompt, verbatim, or declines. It writes nothing of its own.",
  models: [EMBEDDING_MODEL, CHAT_MODEL],
  note: "Any model name is accepted and answered by these two. No key is checked.",
};
