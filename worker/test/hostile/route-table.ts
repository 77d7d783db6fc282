import type { Role, Scope } from "../../context.ts";

/** What a request can name; `row` is whatever row a cursor points at. */
export type Ids = Record<
  | "tenant"
  | "collection"
  | "document"
  | "import"
  | "upload"
  | "wholeUpload"
  | "assistant"
  | "conversation"
  | "message"
  | "turn"
  | "apiKey"
  | "deletion"
  | "row",
  string
>;

/** The changing parts of a request; a body that is no form is sent as JSON. */
export type Call = { params?: Record<string, string>; query?: Record<string, string>; body?: unknown };

/** Who may call: the least role of a member, and the scopes of a key any of which is enough. */
type Right = { least: Role; scopes: Scope[] };

/** Written down here a second time, so that `permissions.ts` can't change unnoticed. */
export const RIGHTS = {
  "library.read": { least: "member", scopes: ["read", "write"] },
  "library.write": { least: "member", scopes: ["write"] },
  "collections.delete": { least: "admin", scopes: ["write"] },
  "assistants.read": { least: "member", scopes: ["chat", "read", "write"] },
  "assistants.manage": { least: "admin", scopes: ["write"] },
  "assistants.preview": { least: "admin", scopes: [] },
  chat: { least: "member", scopes: ["chat"] },
  "members.read": { least: "member", scopes: [] },
  "tenant.manage": { least: "admin", scopes: [] },
  "tenant.export": { least: "admin", scopes: [] },
  "tenant.erase": { least: "owner", scopes: [] },
  "api_keys.manage": { least: "admin", scopes: [] },
  "billing.manage": { least: "admin", scopes: [] },
  "audit.read": { least: "owner", scopes: [] },
  /** Whoever signed in, before any tenant is chosen. */
  person: { least: "member", scopes: [] },
} satisfies Record<string, Right>;

/** `signed`: whoever sends it, if the provider's signature holds. */
export type Access = "open" | "signed" | keyof typeof RIGHTS;

export type Line = {
  access: Access;
  /** What another tenant's id answers: 404, or a list without anything of it; null: no id can be named. */
  foreign: "missing" | "ignored" | null;
  /** Valid requests that between them name an id wherever the route takes one. */
  calls: Array<(ids: Ids) => Call>;
};

type Build = Line["calls"][number];

const bare = (access: Access, call: Call = {}): Line => ({ access, foreign: null, calls: [() => call] });
const naming = (access: Access, ...calls: Build[]): Line => ({ access, foreign: "missing", calls });
const listing = (access: Access, ...calls: Build[]): Line => ({ access, foreign: "ignored", calls });

/** A cursor as lists give it out, before the newest row, made of an id that may be anybody's. */
const startingAt = ({ row }: Pick<Ids, "row">) => ({
  cursor: btoa(`9999999999999:${row}`).replace(/=+$/, ""),
});
const paged: Build = (ids) => ({ query: startingAt(ids) });

const note = () => {
  const form = new FormData();
  form.set("file", new File(["# Note"], "note.md"));
  return form;
};

const importForm = (collection: string) => {
  const form = note();
  form.set("collection_id", collection);
  return form;
};

/** The one part of a small upload. */
export const PART = new TextEncoder().encode("no archive at all");

const MESSAGE = "What is the secret word?";
const RENAMED = { name: "Mine now" };
const TODAY = new Date().toISOString().slice(0, 10);

const ask: Build[] = [
  ({ assistant }) => ({ params: { assistant_id: assistant }, body: { message: MESSAGE } }),
  ({ assistant, conversation }) => ({
    params: { assistant_id: assistant },
    body: { message: MESSAGE, conversation_id: conversation },
  }),
  ({ assistant, conversation, message }) => ({
    params: { assistant_id: assistant },
    body: { message: MESSAGE, conversation_id: conversation, revises: message },
  }),
];
const rate: Build = ({ assistant, message }) => ({
  params: { assistant_id: assistant, id: message },
  body: { rating: "down", comment: "Not my question" },
});
const inConversation =
  (body?: unknown): Build =>
  ({ assistant, conversation }) => ({ params: { assistant_id: assistant, id: conversation }, body });

/** Every operation of the OpenAPI document: who may call it, and how a request of it is filled with ids. */
export const ROUTES: Record<string, Line> = {
  "GET /health": bare("open"),
  "GET /health/ready": bare("open"),
  "GET /api/v1/health": bare("open"),
  "GET /api/v1/health/ready": bare("open"),
  "GET /api/v1/plans": bare("open"),
  "POST /api/v1/webhooks/clerk": bare("signed", { body: {} }),
  "POST /api/v1/webhooks/stripe": bare("signed", { body: {} }),

  "POST /api/v1/tenants": bare("person", { body: { name: "Another" } }),
  "GET /api/v1/tenants": bare("person"),
  "GET /api/v1/tenants/{id}": naming("person", ({ tenant }) => ({ params: { id: tenant } })),
  "PATCH /api/v1/tenants/{id}": naming("tenant.manage", ({ tenant }) => ({
    params: { id: tenant },
    body: RENAMED,
  })),

  "DELETE /api/v1/tenants/{id}": naming("tenant.erase", ({ tenant }) => ({
    params: { id: tenant },
    body: { name: "By another name" },
  })),
  "GET /api/v1/tenants/{id}/deletion": naming("person", ({ tenant }) => ({ params: { id: tenant } })),
  "GET /api/v1/tenants/{id}/export": naming("tenant.export", ({ tenant }) => ({ params: { id: tenant } })),

  "POST /api/v1/collections": bare("library.write", { body: { name: "Shelf" } }),
  "GET /api/v1/collections": listing("library.read", paged),
  "GET /api/v1/collections/{id}": naming("library.read", ({ collection: id }) => ({ params: { id } })),
  "PATCH /api/v1/collections/{id}": naming("library.write", ({ collection: id }) => ({
    params: { id },
    body: RENAMED,
  })),
  "DELETE /api/v1/collections/{id}": naming("collections.delete", ({ collection: id }) => ({
    params: { id },
  })),

  "POST /api/v1/documents/upload/{collection_id}": naming("library.write", ({ collection }) => ({
    params: { collection_id: collection },
    body: note(),
  })),
  "GET /api/v1/documents": listing(
    "library.read",
    ({ collection }) => ({ query: { collection_id: collection, sort: "name", order: "asc" } }),
    paged,
    (ids) => ({ query: { ...startingAt(ids), sort: "size", status: "underway" } }),
  ),
  "GET /api/v1/documents/{id}": naming("library.read", ({ document: id }) => ({ params: { id } })),
  "DELETE /api/v1/documents/{id}": naming("library.write", ({ document: id }) => ({ params: { id } })),
  "POST /api/v1/documents/{id}/retry": naming("library.write", ({ document: id }) => ({ params: { id } })),
  "GET /api/v1/documents/{id}/content": naming("library.read", ({ document: id }) => ({ params: { id } })),
  "PUT /api/v1/documents/{id}/content": naming("library.write", ({ document: id }) => ({
    params: { id },
    body: note(),
  })),
  "POST /api/v1/documents/{id}/reindex": naming("library.write", ({ document: id }) => ({ params: { id } })),
  "GET /api/v1/documents/{id}/versions": naming("library.read", ({ document: id }) => ({ params: { id } })),
  "POST /api/v1/documents/{id}/versions/{n}/restore": naming("library.write", ({ document: id }) => ({
    params: { id, n: "1" },
  })),
  "GET /api/v1/documents/{id}/pages/{n}": naming("library.read", ({ document: id }) => ({
    params: { id, n: "1" },
    query: { version: "1" },
  })),
  "GET /api/v1/documents/{id}/report": naming("library.read", ({ document: id }) => ({
    params: { id },
    query: { version: "1" },
  })),
  "GET /api/v1/documents/{id}/chunks": naming("library.read", ({ document: id }) => ({
    params: { id },
    query: { version: "1", page: "1" },
  })),
  "GET /api/v1/documents/{id}/events": naming("library.read", ({ document: id }) => ({ params: { id } })),

  "POST /api/v1/imports": naming(
    "library.write",
    ({ collection }) => ({ body: importForm(collection) }),
    ({ collection }) => ({ body: { collection_id: collection, sitemap: "http://10.0.0.1/sitemap.xml" } }),
    ({ collection }) => ({ body: { collection_id: collection, urls: ["http://10.0.0.1/"] } }),
  ),
  "GET /api/v1/imports": listing("library.read", paged),
  "GET /api/v1/imports/{id}": naming("library.read", ({ import: id }) => ({ params: { id } })),
  "GET /api/v1/imports/{id}/entries": naming("library.read", ({ import: id, row }) => ({
    params: { id },
    query: { state: "ready", ...startingAt({ row }) },
  })),
  "GET /api/v1/imports/{id}/events": naming("library.read", ({ import: id }) => ({ params: { id } })),
  "POST /api/v1/imports/{id}/cancel": naming("library.write", ({ import: id }) => ({ params: { id } })),
  "POST /api/v1/imports/{id}/retry": naming("library.write", ({ import: id }) => ({ params: { id } })),
  "POST /api/v1/imports/uploads": naming("library.write", ({ collection }) => ({
    body: { collection_id: collection, filename: "large.zip", size_bytes: PART.length },
  })),
  "GET /api/v1/imports/uploads/{id}": naming("library.write", ({ upload: id }) => ({ params: { id } })),
  "PUT /api/v1/imports/uploads/{id}/parts/{n}": naming("library.write", ({ upload: id }) => ({
    params: { id, n: "1" },
    body: PART,
  })),
  "POST /api/v1/imports/uploads/{id}/complete": naming("library.write", ({ wholeUpload: id }) => ({
    params: { id },
  })),
  "DELETE /api/v1/imports/uploads/{id}": naming("library.write", ({ upload: id }) => ({ params: { id } })),

  "POST /api/v1/assistants": naming("assistants.manage", ({ collection }) => ({
    body: { name: "Spy", collection_ids: [collection] },
  })),
  "GET /api/v1/assistants": listing("assistants.read", paged),
  "GET /api/v1/assistants/{id}": naming("assistants.read", ({ assistant: id }) => ({ params: { id } })),
  "PATCH /api/v1/assistants/{id}": naming("assistants.manage", ({ assistant: id, collection }) => ({
    params: { id },
    body: { ...RENAMED, collection_ids: [collection] },
  })),
  "DELETE /api/v1/assistants/{id}": naming("assistants.manage", ({ assistant: id }) => ({ params: { id } })),

  "POST /api/v1/assistants/preview/stream": naming("assistants.preview", ({ collection }) => ({
    body: { message: MESSAGE, collection_ids: [collection] },
  })),

  "POST /api/v1/chat/{assistant_id}": naming("chat", ...ask),
  "POST /api/v1/chat/{assistant_id}/stream": naming("chat", ...ask),
  "POST /api/v1/chat/{assistant_id}/messages/{message_id}/stop": naming("chat", ({ assistant, message }) => ({
    params: { assistant_id: assistant, message_id: message },
  })),
  "POST /api/v1/chat/{assistant_id}/turns/{turn_id}/stop": naming("chat", ({ assistant, turn }) => ({
    params: { assistant_id: assistant, turn_id: turn },
  })),
  "POST /api/v1/chat/{assistant_id}/messages/{id}/feedback": naming("chat", rate),
  "GET /api/v1/conversations": listing("chat", paged, (ids) => ({
    query: { ...startingAt(ids), q: "secret" },
  })),
  "GET /api/v1/chat/{assistant_id}/conversations": naming("chat", (ids) => ({
    params: { assistant_id: ids.assistant },
    query: startingAt(ids),
  })),
  "GET /api/v1/chat/{assistant_id}/conversations/{id}": naming("chat", inConversation()),
  "PATCH /api/v1/chat/{assistant_id}/conversations/{id}": naming("chat", inConversation({ title: "Mine" })),
  "DELETE /api/v1/chat/{assistant_id}/conversations/{id}": naming("chat", inConversation()),

  "POST /api/v1/search": naming(
    "library.read",
    ({ collection }) => ({ body: { query: MESSAGE, collection_ids: [collection] } }),
    ({ assistant }) => ({ body: { query: MESSAGE, assistant_id: assistant } }),
  ),
  "GET /api/v1/usage": bare("library.read"),
  "GET /api/v1/usage/history": bare("library.read", { query: { from: TODAY, to: TODAY } }),

  "POST /api/v1/api-keys": naming("api_keys.manage", ({ assistant }) => ({
    body: { name: "Mine", scopes: ["chat"], assistant_ids: [assistant] },
  })),
  "GET /api/v1/api-keys": listing("api_keys.manage", paged),
  "DELETE /api/v1/api-keys/{id}": naming("api_keys.manage", ({ apiKey: id }) => ({ params: { id } })),

  "GET /api/v1/deletions": listing("library.read", paged, ({ deletion, document }) => ({
    query: { parent_id: deletion, subject_id: document },
  })),
  "GET /api/v1/deletions/{id}": naming("library.read", ({ deletion: id }) => ({ params: { id } })),

  "GET /api/v1/billing": bare("billing.manage"),
  "POST /api/v1/billing/checkout": bare("billing.manage"),
  "POST /api/v1/billing/portal": bare("billing.manage"),
  "GET /api/v1/members": bare("members.read"),
  "GET /api/v1/members/me": bare("members.read"),
  "GET /api/v1/audit-log": listing("audit.read", paged),
};
