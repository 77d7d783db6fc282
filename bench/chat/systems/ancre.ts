import { createApiClient } from "../../../dev/client/api.ts";
import { type StackOptions, startStack } from "../../../dev/stack.ts";
import type { RawEvent } from "../event-reader.ts";
import { answerTo, manual } from "../library.ts";
import type { Heard } from "../listen.ts";
import { DIMENSIONS, MODELS } from "../upstream-calls.ts";
import type { System } from "./system.ts";

/** Tenants with the manual, and API keys of each: a key may ask 300 times a minute, a tenant 2,000 times a month. */
const TENANTS = 8;
const KEYS_PER_TENANT = 10;

type Account = { apiKey: string; assistantId: string };

/**
 * The real Worker under `wrangler dev` as `npm run dev` starts it, asked with API keys: tenants, quotas, history,
 * persistence and verified quotes are on.
 */
export async function startAncre(
  upstream: string,
  postgres: NonNullable<StackOptions["postgres"]>,
): Promise<System> {
  const stack = await startStack({
    dataDir: null,
    ports: "free",
    web: false,
    postgres,
    variables: {
      OPENAI_BASE_URL: upstream,
      EMBEDDING_MODEL: MODELS.embedding,
      EMBEDDING_DIMENSIONS: String(DIMENSIONS),
      LLM_MODEL: MODELS.answer,
    },
  });
  try {
    const accounts: Account[] = [];
    for (let tenant = 0; tenant < TENANTS; tenant++)
      accounts.push(...(await openTenant(stack.apiUrl, tenant)));
    return {
      name: "Ancre",
      followsUp: true,
      request({ text }, listener, before) {
        // Neighbours among the listeners are of different tenants.
        const at =
          (listener % TENANTS) * KEYS_PER_TENANT + (Math.floor(listener / TENANTS) % KEYS_PER_TENANT);
        const { apiKey, assistantId } = accounts[at] as Account;
        return {
          url: `${stack.apiUrl}/api/v1/chat/${assistantId}/stream`,
          headers: { authorization: `Bearer ${apiKey}` },
          body: { message: text, ...(before ? { conversation_id: before.conversationId } : {}) },
        };
      },
      hear,
      // The marker becomes a citation.
      expects: (number) => answerTo(number).replaceAll(" [1]", ""),
      pid: stack.workerPid,
      stop: stack.close,
    };
  } catch (error) {
    await stack.close();
    throw error;
  }
}

async function openTenant(url: string, number: number): Promise<Account[]> {
  const person = createApiClient({ url });
  const tenant = await person.json<{ id: string }>("POST", "/tenants", { name: `bench:chat ${number}` });
  const api = createApiClient({ url, tenantId: tenant.id });
  const collection = await api.json<{ id: string }>("POST", "/collections", { name: "Manual" });
  const form = new FormData();
  form.set("file", new Blob([manual()]), "manual.md");
  const { id } = await api.json<{ id: string }>("POST", `/documents/upload/${collection.id}`, form);
  const { status, error_message } = await api.settle(id);
  if (status !== "ready") throw new Error(`The manual wasn't read: ${error_message}`);
  const assistant = await api.json<{ id: string }>("POST", "/assistants", {
    name: "Manual",
    collection_ids: [collection.id],
  });
  const accounts: Account[] = [];
  for (let key = 0; key < KEYS_PER_TENANT; key++) {
    const { key: apiKey } = await api.json<{ key: string }>("POST", "/api-keys", {
      name: `listener ${key}`,
      scopes: ["chat"],
    });
    accounts.push({ apiKey, assistantId: assistant.id });
  }
  return accounts;
}

function hear({ event, data }: RawEvent): Heard {
  if (event === "delta") return { text: (JSON.parse(data) as { text: string }).text };
  if (event === "done") return { done: true };
  if (event === "error") return { error: data };
  if (event === "start") {
    return { conversationId: (JSON.parse(data) as { conversation_id: string }).conversation_id };
  }
  return {};
}
