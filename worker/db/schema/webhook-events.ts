import { pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";

/** Events already acted on; a row is written in the transaction of its effect. */
export const webhookEvents = pgTable(
  "webhook_events",
  {
    source: text({ enum: ["clerk", "stripe"] }).notNull(),
    id: text().notNull(),
    type: text().notNull(),
    received_at: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.source, table.id] })],
);
