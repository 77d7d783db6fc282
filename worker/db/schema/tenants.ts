import { boolean, index, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";

export const tenants = pgTable("tenants", {
  id: uuid().primaryKey(),
  name: text().notNull(),
  plan: text({ enum: ["free", "pro"] })
    .notNull()
    .default("free"),
  /** When `plan` ends by itself unless a payment moves this on; null: never. */
  plan_until: timestamp({ withTimezone: true, precision: 3 }),
  /** The organisation this tenant belongs to; null for one that a person founded here. */
  clerk_org_id: text().unique(),
  /** Who founded the organisation: its owner here, whatever Clerk's two roles say. */
  founder_id: text(),
  /** When the identity provider last changed what is mirrored of the organisation. */
  changed_at: timestamp({ withTimezone: true, precision: 3 }),
  deleted_at: timestamp({ withTimezone: true, precision: 3 }),
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
    /** Whether the member counts against the plan and so may enter. */
    seated: boolean().notNull().default(false),
    /** The identity provider's id of this membership; null for one founded here or not yet announced. */
    membership_id: text(),
    /** When that membership began and last changed there: what arrives later but is older changes nothing. */
    began_at: timestamp({ withTimezone: true, precision: 3 }),
    changed_at: timestamp({ withTimezone: true, precision: 3 }),
    /** Kept after the end, so that a late announcement of the beginning can't bring it back. */
    removed_at: timestamp({ withTimezone: true, precision: 3 }),
    created_at: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.user_id] }),
    index("memberships_user").on(table.user_id),
  ],
);
