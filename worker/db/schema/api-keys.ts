import { index, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { tenants } from "./tenants.ts";

/** A key's secret is nowhere: `sha256` is of the whole key, `prefix` the part that may be shown. */
export const apiKeys = pgTable(
  "api_keys",
  {
    id: uuid().primaryKey(),
    tenant_id: uuid()
      .notNull()
      .references(() => tenants.id, { onDelete: "cascade" }),
    name: text().notNull(),
    prefix: text().notNull().unique(),
    sha256: text().notNull(),
    scopes: text({ enum: ["chat", "read", "write"] })
      .array()
      .notNull(),
    /** The only assistants it may talk to; null: all. No foreign key: a deleted one must not lift the limit. */
    assistant_ids: uuid().array(),
    created_by: text().notNull(),
    created_at: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
    expires_at: timestamp({ withTimezone: true, precision: 3 }),
    last_used_at: timestamp({ withTimezone: true, precision: 3 }),
    revoked_at: timestamp({ withTimezone: true, precision: 3 }),
  },
  (table) => [index("api_keys_recent").on(table.tenant_id, table.created_at, table.id)],
);
