import { type SQL, sql } from "drizzle-orm";

/** One JSONL file: a query, and the columns that order its rows and tell them apart, with their types. */
export type Sheet = { name: string; columns: SQL; from: SQL; key: Array<{ column: SQL; type: SQL }> };

const uuid = sql`uuid`;
const byId = (table: string) => [{ column: sql`${sql.identifier(table)}.id`, type: uuid }];

/** What a tenant's own people may take with them; nothing of what is being deleted, no secret, no vector. */
export const SHEETS: Sheet[] = [
  {
    name: "tenant",
    columns: sql`to_jsonb(tenants) - 'founder_id' - 'clerk_org_id' - 'changed_at' - 'deleted_at'`,
    from: sql`tenants`,
    key: byId("tenants"),
  },
  {
    name: "members",
    columns: sql`to_jsonb(memberships) - 'tenant_id' || jsonb_build_object('name', people.name, 'email', people.email)`,
    from: sql`memberships left join people on people.user_id = memberships.user_id and people.deleted_at is null`,
    key: [{ column: sql`memberships.user_id`, type: sql`text` }],
  },
  {
    name: "collections",
    columns: sql`to_jsonb(collections) - 'tenant_id' - 'deleted_at'`,
    from: sql`(select * from collections where deleted_at is null) as collections`,
    key: byId("collections"),
  },
  {
    name: "documents",
    columns: sql`to_jsonb(documents) - 'tenant_id' - 'storage_key'`,
    from: sql`(select * from documents where status <> 'deleting') as documents`,
    key: byId("documents"),
  },
  {
    name: "versions",
    columns: sql`to_jsonb(versions) - 'tenant_id' - 'storage_key'`,
    from: sql`documents join document_versions as versions
      on versions.document_id = documents.id and documents.status <> 'deleting'`,
    key: [...byId("documents"), { column: sql`versions.version`, type: sql`int` }],
  },
  {
    name: "pages",
    columns: sql`to_jsonb(pages) - 'tenant_id'`,
    from: sql`documents join document_pages as pages
      on pages.document_id = documents.id and documents.status <> 'deleting'`,
    key: [
      ...byId("documents"),
      { column: sql`pages.version`, type: sql`int` },
      { column: sql`pages.number`, type: sql`int` },
    ],
  },
  {
    name: "assistants",
    columns: sql`to_jsonb(assistants) - 'tenant_id' - 'deleted_at' || jsonb_build_object('collection_ids', (
      select coalesce(jsonb_agg(link.collection_id order by link.collection_id), '[]') from assistant_collections link
      join collections on collections.id = link.collection_id and collections.deleted_at is null
      where link.assistant_id = assistants.id))`,
    from: sql`(select * from assistants where deleted_at is null) as assistants`,
    key: byId("assistants"),
  },
  {
    name: "conversations",
    columns: sql`to_jsonb(conversations) - 'tenant_id'`,
    from: sql`conversations join assistants
      on assistants.id = conversations.assistant_id and assistants.deleted_at is null`,
    key: byId("conversations"),
  },
  {
    name: "messages",
    columns: sql`to_jsonb(messages) - 'tenant_id' - 'question_embedding'`,
    from: sql`messages join conversations on conversations.id = messages.conversation_id
      join assistants on assistants.id = conversations.assistant_id and assistants.deleted_at is null`,
    key: byId("messages"),
  },
  {
    name: "usage",
    columns: sql`to_jsonb(usage_daily) - 'tenant_id'`,
    from: sql`usage_daily`,
    key: [
      { column: sql`usage_daily.day`, type: sql`date` },
      { column: sql`usage_daily.assistant_id`, type: uuid },
      { column: sql`usage_daily.metric`, type: sql`text` },
    ],
  },
  {
    name: "audit_log",
    columns: sql`to_jsonb(audit_log) - 'tenant_id'`,
    from: sql`audit_log`,
    key: [{ column: sql`audit_log.at`, type: sql`timestamptz` }, ...byId("audit_log")],
  },
  {
    name: "api_keys",
    columns: sql`to_jsonb(api_keys) - 'tenant_id' - 'sha256'`,
    from: sql`api_keys`,
    key: byId("api_keys"),
  },
  {
    name: "deletions",
    columns: sql`to_jsonb(deletion_receipts) - 'tenant_id' - 'chunk_counts' - 'writes_until' - 'claimed_until' - 'due_at'`,
    from: sql`deletion_receipts`,
    key: [
      { column: sql`deletion_receipts.requested_at`, type: sql`timestamptz` },
      ...byId("deletion_receipts"),
    ],
  },
];
