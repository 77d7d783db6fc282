import {
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  real,
  text,
  timestamp,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { collections } from "./collections.ts";
import { tenants } from "./tenants.ts";

export const assistants = pgTable(
  "assistants",
  {
    id: uuid().primaryKey(),
    tenant_id: uuid()
      .notNull()
      .references(() => tenants.id, { onDelete: "cascade" }),
    name: text().notNull(),
    description: text().notNull().default(""),
    system_prompt: text().notNull().default(""),
    /** Null means the deployment's default model. */
    model: text(),
    temperature: real().notNull().default(0.2),
    top_k: integer().notNull().default(8),
    policy: text({ enum: ["strict", "open"] })
      .notNull()
      .default("strict"),
    language: text({ enum: ["auto", "fr", "en"] })
      .notNull()
      .default("auto"),
    greeting: text().notNull().default(""),
    suggested_questions: text().array().notNull().default([]),
    created_at: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
    updated_at: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
    /** Set when deletion was asked for: hidden from then on, removed once its conversations are. */
    deleted_at: timestamp({ withTimezone: true, precision: 3 }),
  },
  (table) => [
    unique("assistants_tenant_id").on(table.tenant_id, table.id),
    index("assistants_recent").on(table.tenant_id, table.created_at, table.id),
  ],
);

export const assistantCollections = pgTable(
  "assistant_collections",
  {
    tenant_id: uuid().notNull(),
    assistant_id: uuid().notNull(),
    collection_id: uuid().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.assistant_id, table.collection_id] }),
    index("assistant_collections_collection").on(table.tenant_id, table.collection_id),
    foreignKey({
      columns: [table.tenant_id, table.assistant_id],
      foreignColumns: [assistants.tenant_id, assistants.id],
    }).onDelete("cascade"),
    foreignKey({
      columns: [table.tenant_id, table.collection_id],
      foreignColumns: [collections.tenant_id, collections.id],
    }).onDelete("cascade"),
  ],
);
