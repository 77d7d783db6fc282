import { index, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";

export const tenants = pgTable("tenants", {
  id: uuid().primaryKey(),
  name: text().notNull(),
  plan: text({ enum: ["free"] })
    .notNull()
    .default("free"),
  created_at: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
  updated_at: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
});

export const memberships = pgTable(
  "memberships",
  {
    tenant_id: uuid()
      .notNull()
      .references(() => tenants.id, { onDelete: "cascade" }),
    user_id: text().notNull(),
    role: text({ enum: ["owner", "admin", "member"] }).notNull(),
    created_at: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.user_id] }),
    index("memberships_user").on(table.user_id),
  ],
);
