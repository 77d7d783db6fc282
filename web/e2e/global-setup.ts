import type { TestProject } from "vitest/node";
import { type ClerkKeys, createClerkKeys } from "../../dev/clerk/keys.ts";
import { CHAT_MODEL, EMBEDDING_MODEL, LOCAL_PRICES } from "../../dev/model-server/models.ts";
import { startModelServer } from "../../dev/model-server/start.ts";
import { seedDemoLibrary } from "../../dev/seed/demo-library.ts";
import { clerkVariables } from "../../dev/stack/accounts.ts";
import { startStack } from "../../dev/stack.ts";
import { startRefusingModel } from "./refusing-model.ts";

declare module "vitest" {
  interface ProvidedContext {
    webUrl: string;
    apiUrl: string;
    /** Where models are asked; it can be told to refuse. */
    modelUrl: string;
    /** What signs sessions of people in organisations. */
    sessionKeys: ClerkKeys;
  }
}

/** The origin that sessions are for: a token names it, whatever the port. */
export const SESSION_PARTY = "https://app.ancre.test";

/** Between the pieces of an answer, so that there is time to stop it. Milliseconds. */
const WRITING_DELAY_MS = 60;
/** The dashboard's functions are bundled before they answer. */
const READY_WITHIN_MS = 180_000;

/**
 * Builds the dashboard and serves it as Pages does, with the rest of what `npm run dev` starts, on free ports and in
 * memory, with a model that takes its time.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const sessionKeys = await createClerkKeys();
  const model = await startModelServer({ port: 0, delayMs: WRITING_DELAY_MS });
  const refusing = await startRefusingModel(model.url);
  const stack = await startStack({
    dataDir: null,
    ports: "free",
    web: "built",
    variables: {
      ...clerkVariables(sessionKeys, SESSION_PARTY),
      OPENAI_API_KEY: "local",
      OPENAI_BASE_URL: refusing.url,
      EMBEDDING_MODEL,
      LLM_MODEL: CHAT_MODEL,
      MODEL_PRICES: JSON.stringify(LOCAL_PRICES),
    },
  });
  const webUrl = stack.webUrl ?? "";
  await Promise.all([seedDemoLibrary(stack.apiUrl), untilServed(`${webUrl}/ask`)]);
  project.provide("webUrl", webUrl);
  project.provide("apiUrl", stack.apiUrl);
  project.provide("modelUrl", refusing.url);
  project.provide("sessionKeys", sessionKeys);
  return async () => {
    await stack.close();
    await refusing.close();
    await model.close();
  };
}

async function untilServed(url: string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    const response = await fetch(url).catch(() => null);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`The dashboard doesn't answer at ${url}.`);
}
