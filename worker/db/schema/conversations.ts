import {
  bigint,
  boolean,
  foreignKey,
  index,
  jsonb,
  pgTable,
  primaryKey,
  real,
  text,
  timestamp,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import type { Citation, Feedback, Source, Timings, Unanchored, Usage } from "./answer.ts";
import { assistants } from "./assistants.ts";

export const conversations = pgTable(
  "conversations",
  {
    id: uuid().primaryKey(),
    tenant_id: uuid().notNull(),
    assistant_id: uuid().notNull(),
    user_id: text().notNull(),
    title: text().notNull(),
    created_at: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
    updated_at: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [
    unique("conversations_tenant_id").on(table.tenant_id, table.id),
    foreignKey({
      columns: [table.tenant_id, table.assistant_id],
      foreignColumns: [assistants.tenant_id, assistants.id],
    }).onDelete("cascade"),
    index("conversations_recent").on(table.tenant_id, table.assistant_id, table.updated_at, table.id),
    index("conversations_of_person").on(table.tenant_id, table.user_id, table.updated_at, table.id),
  ],
);

/** One turn: the question and its answer, whole, partial or failed. */
export const messages = pgTable(
  "messages",
  {
    id: uuid().primaryKey(),
    tenant_id: uuid().notNull(),
    conversation_id: uuid().notNull(),
    question: text().notNull(),
    /** The question's embedding, so that a follow-up can lean on it without another upstream call. */
    question_embedding: real().array(),
    answer: text().notNull(),
    status: text({ enum: ["complete", "interrupted", "failed"] }).notNull(),
    refused: boolean().notNull(),
    /** Why the answer ended; null for a failed one, and for those from before this was kept. */
    finish_reason: text({ enum: ["stop", "length", "content_filter", "refused", "interrupted"] }),
    sources: jsonb().$type<Source[]>().notNull(),
    citations: jsonb().$type<Citation[]>().notNull(),
    unanchored: jsonb().$type<Unanchored[]>().notNull(),
    usage: jsonb().$type<Usage>().notNull(),
    timings: jsonb().$type<Timings>().notNull(),
    /** The chat model that wrote it; null when none was asked. */
    model: text(),
    /** Billionths of a US dollar at the list price of the day; null when a model of it has no known price. */
    cost_nanos: bigint({ mode: "number" }),
    /** Whether it counts as a question of the plan: a failed one doesn't. */
    counted: boolean().notNull().default(true),
    feedback: jsonb().$type<Feedback>(),
    /**
     * The message of this conversation that it was asked in the place of. That one and all that followed it until then
     * are a branch that was left.
     */
    revises: uuid(),
    created_at: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [
    unique("messages_tenant_id").on(table.tenant_id, table.id),
    foreignKey({
      columns: [table.tenant_id, table.conversation_id],
      foreignColumns: [conversations.tenant_id, conversations.id],
    }).onDelete("cascade"),
    index("messages_conversation").on(table.conversation_id, table.created_at),
  ],
);

/** Which documents an answer's sources and citations quote, so that deleting one finds them. */
export const messageSources = pgTable(
  "message_sources",
  {
    tenant_id: uuid().notNull(),
    document_id: uuid().notNull(),
    message_id: uuid().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.document_id, table.message_id] }),
    foreignKey({
      columns: [table.tenant_id, table.message_id],
      foreignColumns: [messages.tenant_id, messages.id],
    }).onDelete("cascade"),
    index("message_sources_message").on(table.message_id),
  ],
);
