import {
  asOwner,
  createLibrary,
  parseEvents,
  type TestTenant,
  tenantClient,
  uniqueId,
  untilComplete,
  withApiKey,
} from "../harness.ts";
import { filesForm, runImport } from "../import-harness.ts";
import { type Caller, SCOPES } from "./callers.ts";
import { type Ids, PART } from "./route-table.ts";
import { joinAs, personalCredential } from "./session.ts";

/** A caller with something of each kind in its tenant. */
export type Party = Caller & { ids: Ids };

/** The owner of an organisation of its own. */
export async function createOwner(name: string, organizationId = uniqueId("org")): Promise<Party> {
  const client = await joinAs("owner", uniqueId("user"), organizationId);
  return { name, client, may: { role: "owner" }, ids: await furnish(client) };
}

/** A key with every scope, in an owner's tenant; it sees what the owner sees but for conversations. */
export async function createKeyHolder(name: string, { client: owner, ids }: Party): Promise<Party> {
  const client = await withApiKey(owner, { scopes: SCOPES });
  const own = await converse(client, ids.assistant);
  return { name, client, may: { scopes: SCOPES }, ids: { ...ids, ...own } };
}

/** Somebody whose session names no organisation, in a tenant that they founded. */
export async function createFounder(name: string): Promise<Party> {
  const headers = await personalCredential(uniqueId("user"));
  const { id } = await tenantClient("", headers).json<{ id: string }>("POST", "/tenants", { name });
  const client = tenantClient(id, { ...headers, "X-Tenant-Id": id });
  return { name, client, may: { role: "owner" }, ids: await furnish(client) };
}

/** Fills a tenant with something of each kind. */
export async function furnish(client: TestTenant): Promise<Ids> {
  const library = await createLibrary(client, {
    "secret.md": "# Secret\n\nThe secret word is amaranth.",
  });
  const document = library.documents[0]?.id ?? "";
  await failUpdate(document);
  const { id: apiKey } = await client.json<{ id: string }>("POST", "/api-keys", {
    name: "Old",
    scopes: ["read"],
  });
  return {
    tenant: client.id,
    collection: library.collectionId,
    assistant: library.assistantId,
    ...(await converse(client, library.assistantId)),
    document,
    apiKey,
    deletion: await removeSomething(client),
    row: document,
    ...(await importSomething(client, library.collectionId)),
  };
}

/** Makes it as if a document's update had failed, so that a retry would begin something. */
async function failUpdate(documentId: string): Promise<void> {
  const sql = asOwner();
  await sql.transaction([
    sql`insert into document_versions (tenant_id, document_id, version, origin, state, error_code, filename, media_type,
        size_bytes, sha256, storage_key)
      select tenant_id, document_id, 2, 'reindex', 'failed', 'stalled', filename, media_type, size_bytes, sha256,
        storage_key from document_versions where document_id = ${documentId}`,
    sql`update documents set error_code = 'stalled', failed_step = 'parse' where id = ${documentId}`,
  ]);
}

/** The receipt of a collection that was deleted, complete. */
export async function removeSomething(client: TestTenant): Promise<string> {
  const { id } = await client.json<{ id: string }>("POST", "/collections", { name: "Short-lived" });
  const deletion = await client.json<{ id: string }>("DELETE", `/collections/${id}`);
  await untilComplete(client, deletion.id);
  return deletion.id;
}

/** An import that is done, an archive on its way, and one that has arrived. */
export async function importSomething(
  client: TestTenant,
  collectionId: string,
): Promise<Pick<Ids, "import" | "upload" | "wholeUpload">> {
  const files = filesForm(collectionId, { "imported.md": "# Imported\n\nThe imported word is celadon." });
  const { id } = await runImport(client, files);
  const begin = async () => {
    const body = { collection_id: collectionId, filename: "large.zip", size_bytes: PART.length };
    const upload = await client.json<{ id: string }>("POST", "/imports/uploads", body);
    await client.json("PUT", `/imports/uploads/${upload.id}/parts/1`, PART);
    return upload.id;
  };
  return { import: id, upload: await begin(), wholeUpload: await begin() };
}

/** The ids of a new conversation of the caller's, of its one message and of the turn that this answered. */
export async function converse(
  client: TestTenant,
  assistantId: string,
): Promise<Pick<Ids, "conversation" | "message" | "turn">> {
  const turn = crypto.randomUUID();
  const body = { message: "What is the secret word?", turn_id: turn };
  const response = await client.request("POST", `/chat/${assistantId}/stream`, body);
  const [start] = parseEvents(await response.text());
  return { conversation: String(start?.data.conversation_id), message: String(start?.data.message_id), turn };
}
