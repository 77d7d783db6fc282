import { bigint, date, index, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { tenants } from "./tenants.ts";

const tenantId = () =>
  uuid()
    .notNull()
    .references(() => tenants.id, { onDelete: "cascade" });

/** `period` is a UTC month ("2026-11") or "total" for what is held rather than spent. */
export const usageCounters = pgTable(
  "usage_counters",
  {
    tenant_id: tenantId(),
    period: text().notNull(),
    metric: text().notNull(),
    used: bigint({ mode: "number" }).notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.tenant_id, table.period, table.metric] })],
);

/** One thing counted: `id` is its own (a document's, an answer's), so it counts, settles and comes back once. */
export const usageReservations = pgTable(
  "usage_reservations",
  {
    tenant_id: tenantId(),
    metric: text().notNull(),
    id: uuid().notNull(),
    period: text().notNull(),
    amount: bigint({ mode: "number" }).notNull(),
    state: text({ enum: ["held", "settled", "released"] })
      .notNull()
      .default("held"),
    /** When a held one is given back by the sweep: whoever held it died. Null: it is held as long as its thing exists. */
    expires_at: timestamp({ withTimezone: true, precision: 3 }),
    created_at: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.metric, table.id] }),
    index("usage_reservations_expiry").on(table.expires_at),
  ],
);

/** What was used on a UTC day. `assistant_id` is the nil UUID for what no assistant asked for (ingestion, search). */
export const usageDaily = pgTable(
  "usage_daily",
  {
    tenant_id: tenantId(),
    day: date({ mode: "string" }).notNull(),
    assistant_id: uuid().notNull(),
    metric: text().notNull(),
    amount: bigint({ mode: "number" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant_id, table.day, table.assistant_id, table.metric] })],
);
