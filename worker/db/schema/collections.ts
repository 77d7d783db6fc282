import { index, pgTable, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";
import { tenants } from "./tenants.ts";

export const collections = pgTable(
  "collections",
  {
    id: uuid().primaryKey(),
    tenant_id: uuid()
      .notNull()
      .references(() => tenants.id, { onDelete: "cascade" }),
    name: text().notNull(),
    description: text().notNull().default(""),
    created_at: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
    updated_at: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
    /** Set when deletion was asked for: hidden from then on, removed once its documents are purged. */
    deleted_at: timestamp({ withTimezone: true, precision: 3 }),
  },
  (table) => [
    // Foreign keys check ids without row-level security; naming the tenant in them keeps references inside it.
    unique("collections_tenant_id").on(table.tenant_id, table.id),
    index("collections_recent").on(table.tenant_id, table.created_at, table.id),
  ],
);
