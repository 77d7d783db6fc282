import { index, integer, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { tenants } from "./tenants.ts";

/**
 * A creating request and its answer, for a day. `id` hashes who asked, what and under which key; the answer is
 * encrypted with that key, which isn't stored: it may hold a secret that is shown once.
 */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    id: text().primaryKey(),
    /** Null for what a person asks before there is a tenant. */
    tenant_id: uuid().references(() => tenants.id, { onDelete: "cascade" }),
    principal_id: text().notNull(),
    /** Method and path. */
    route: text().notNull(),
    request_sha256: text().notNull(),
    /** Null while the first request runs. */
    status: integer(),
    response: text(),
    locked_until: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    created_at: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [index("idempotency_keys_age").on(table.tenant_id, table.created_at)],
);
