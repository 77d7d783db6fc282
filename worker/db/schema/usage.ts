import { bigint, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { tenants } from "./tenants.ts";

/** `period` is a UTC month ("2026-11") or "total" for what is held rather than spent. */
export const usageCounters = pgTable(
  "usage_counters",
  {
    tenant_id: uuid()
      .notNull()
      .references(() => tenants.id, { onDelete: "cascade" }),
    period: text().notNull(),
    metric: text().notNull(),
    used: bigint({ mode: "number" }).notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.tenant_id, table.period, table.metric] })],
);
