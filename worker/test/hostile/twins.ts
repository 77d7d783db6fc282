import { type Json, type TestTenant, uniqueId, withApiKey } from "../harness.ts";
import { SCOPES } from "./callers.ts";
import { importSomething, removeSomething } from "./party.ts";
import type { Ids } from "./route-table.ts";
import { joinAs } from "./session.ts";

/** One of several tenants that hold the same, but for one sentence. */
export type Twin = {
  name: string;
  /** Who asks and reads; with the owner's rights, or a key's. */
  client: TestTenant;
  owner: TestTenant;
  /** A word that no other twin's files have. */
  canary: string;
  /** Every answer as it came: status, headers, body to the last byte. Without what was asked. */
  heard: string[];
  ids: Ids;
  texts: { [filename: string]: string };
};

const HANDBOOK = `# Handbook

## Remote work

Employees may work remotely up to three days a week.

## Notice period

The notice period is two months for managers.
`;

const notes = (canary: string) => `# Notes

The gate closes at nine in the evening.

The watchword of the house is ${canary}.
`;

/** Nothing of the tenant's: new at each request. */
const FLEETING = new Set(["x-request-id", "x-trace-id", "date", "server-timing"]);

/** Two organisations of the same person, and a third that is asked through an API key. */
export async function createTwins(): Promise<[Twin, Twin, Twin]> {
  const person = uniqueId("user");
  const [first, second, third] = await Promise.all([
    createTwin("the first", "oubliette", person),
    createTwin("the second", "quixotry", person),
    createTwin("the third", "zeugma", uniqueId("user")),
  ]);
  const key = await withApiKey(third.owner, { scopes: SCOPES });
  return [first, second, { ...third, client: recorded(key, third.heard) }];
}

async function createTwin(name: string, canary: string, user: string): Promise<Twin> {
  const heard: string[] = [];
  const owner = recorded(await joinAs("owner", user, uniqueId("org")), heard);
  const ids = { tenant: owner.id } as Ids;
  return {
    name,
    canary,
    heard,
    owner,
    client: owner,
    ids,
    texts: { "handbook.md": HANDBOOK, "notes.md": notes(canary) },
  };
}

/** Fills a twin as every other is filled, with the same Idempotency-Keys, and follows each file's events to their end. */
export async function fill({ client, owner, ids, texts }: Twin): Promise<void> {
  ids.collection = await made(client, "/collections", { name: "Library", description: "Everything" });
  const uploads = Object.entries(texts).map(async ([filename, text]) => {
    const form = new FormData();
    form.set("file", new File([text], filename));
    const id = await made(client, `/documents/upload/${ids.collection}`, form, filename);
    const events = await client.request("GET", `/documents/${id}/events`);
    return [filename, id, await events.text()] as const;
  });
  for (const [filename, id, events] of await Promise.all(uploads)) {
    if (!events.includes('"status":"ready"')) throw new Error(`${filename} was not read: ${events}`);
    if (filename === "notes.md") ids.document = ids.row = id;
  }
  Object.assign(ids, await importSomething(client, ids.collection));
  ids.assistant = await made(client, "/assistants", { name: "Reader", collection_ids: [ids.collection] });
  ids.apiKey = await made(owner, "/api-keys", { name: "Reader's", scopes: ["read"] });
  ids.deletion = await removeSomething(client);
  await owner.json("POST", "/billing/checkout");
}

async function made(client: TestTenant, path: string, body: unknown, key = "the same"): Promise<string> {
  const response = await client.request("POST", path, body, { "Idempotency-Key": key });
  const { id } = (await response.json()) as Json;
  if (!response.ok || response.headers.has("Idempotent-Replayed")) throw new Error(`${path} made nothing`);
  return String(id);
}

/** A client whose answers are also written down, streams to their end. */
function recorded(tenant: TestTenant, heard: string[]): TestTenant {
  const request: TestTenant["request"] = async (...call) => {
    const response = await tenant.request(...call);
    const bytes = await response.arrayBuffer();
    const headers = [...response.headers].filter(([name]) => !FLEETING.has(name));
    const text = `${response.status} ${JSON.stringify(headers)}\n${new TextDecoder().decode(bytes)}`;
    heard.push(text.replaceAll(response.headers.get("x-request-id") ?? "no request id", "the request's id"));
    return new Response(response.status === 204 ? null : bytes, response);
  };
  const json = async <T = Json>(...call: [string, string, unknown?]) => {
    const response = await request(...call);
    if (!response.ok) throw new Error(`${call[0]} ${call[1]} → ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  return { id: tenant.id, request, json };
}
