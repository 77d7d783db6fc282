import { pgTable, text, timestamp } from "drizzle-orm/pg-core";

/** Names of people, mirrored from the identity provider for lists of members. A person belongs to no tenant. */
export const people = pgTable("people", {
  user_id: text().primaryKey(),
  name: text().notNull().default(""),
  email: text().notNull().default(""),
  changed_at: timestamp({ withTimezone: true, precision: 3 }).notNull(),
  deleted_at: timestamp({ withTimezone: true, precision: 3 }),
});
