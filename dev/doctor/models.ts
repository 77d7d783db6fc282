import OpenAI from "openai";
import { type Check, type Finding, missing, ok, wrong } from "./finding.ts";

const DEFAULTS = { embedding: "text-embedding-3-small", dimensions: "1536", chat: "gpt-4o-mini" };
const TIMEOUT_MS = 30_000;

/** The model server: one word is embedded and one token written, as the Worker would ask for them. */
export const models: Check = {
  name: "Models",
  async run(variables) {
    const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseURL } = variables;
    if (!apiKey) {
      return [
        missing("OPENAI_API_KEY", "A key of OpenAI's, or whatever the server at OPENAI_BASE_URL takes."),
      ];
    }
    const client = new OpenAI({
      apiKey,
      timeout: TIMEOUT_MS,
      maxRetries: 0,
      ...(baseURL ? { baseURL } : {}),
    });
    return [
      await embeds(client, variables.EMBEDDING_MODEL || DEFAULTS.embedding, variables.EMBEDDING_DIMENSIONS),
      await writes(client, variables.LLM_MODEL || DEFAULTS.chat),
    ];
  },
};

async function embeds(client: OpenAI, model: string, wanted = DEFAULTS.dimensions): Promise<Finding> {
  const dimensions = Number(wanted);
  try {
    const { data } = await client.embeddings.create({ model, input: "anchor", dimensions });
    const found = data[0]?.embedding.length ?? 0;
    return found === dimensions
      ? ok(`${model} embeds in ${found} dimensions`)
      : wrong(
          `${model} embeds in ${found} dimensions, EMBEDDING_DIMENSIONS is ${dimensions}`,
          `Set EMBEDDING_DIMENSIONS=${found}, before the first document.`,
        );
  } catch (error) {
    return refused("EMBEDDING_MODEL", model, error);
  }
}

async function writes(client: OpenAI, model: string): Promise<Finding> {
  try {
    await client.chat.completions.create({
      model,
      messages: [{ role: "user", content: "Hello" }],
      max_completion_tokens: 16,
    });
    return ok(`${model} answers`);
  } catch (error) {
    return refused("LLM_MODEL", model, error);
  }
}

function refused(variable: string, model: string, error: unknown): Finding {
  if (error instanceof OpenAI.AuthenticationError) {
    return wrong("OPENAI_API_KEY is refused", "Make another key; it needs the model capabilities.");
  }
  const said = error instanceof Error ? error.message : String(error);
  return wrong(`${model}: ${said}`, `Check ${variable}, and that the key's project may use it.`);
}
