import { pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { tenants } from "./tenants.ts";

/** A tenant's customer at the payment provider, and its subscription as it was last read there. */
export const billingAccounts = pgTable("billing_accounts", {
  tenant_id: uuid()
    .primaryKey()
    .references(() => tenants.id, { onDelete: "cascade" }),
  customer_id: text().notNull().unique(),
  subscription_id: text(),
  status: text(),
  current_period_end: timestamp({ withTimezone: true, precision: 3 }),
  cancels_at: timestamp({ withTimezone: true, precision: 3 }),
  /** Since when a payment is due that didn't come; null: none is. */
  overdue_since: timestamp({ withTimezone: true, precision: 3 }),
  /** When the reading began that this row shows: one that began earlier never overwrites it. */
  read_at: timestamp({ withTimezone: true, precision: 3 }).notNull(),
});
