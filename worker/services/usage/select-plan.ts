import { sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { tenants } from "../../db/schema/tenants.ts";
import type { PlanName } from "./plans.ts";

/** One row: the plan whose limits hold for the tenant now. */
export function selectPlan(q: Database) {
  return q.select({ name: sql<PlanName>`effective_plan()` }).from(tenants);
}
