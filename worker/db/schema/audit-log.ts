import { index, jsonb, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { tenants } from "./tenants.ts";

/** Who did what that matters to security. The Worker's role may add and read rows, not change or remove them. */
export const auditLog = pgTable(
  "audit_log",
  {
    id: uuid().primaryKey(),
    tenant_id: uuid()
      .notNull()
      .references(() => tenants.id, { onDelete: "cascade" }),
    at: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
    actor_kind: text({ enum: ["user", "key", "system"] }).notNull(),
    /** A user's id, a key's id, or the name of the part of the system. */
    actor_id: text().notNull(),
    action: text().notNull(),
    target_id: text(),
    detail: jsonb().$type<Record<string, unknown>>().notNull(),
    request_id: text(),
  },
  (table) => [index("audit_log_recent").on(table.tenant_id, table.at, table.id)],
);
