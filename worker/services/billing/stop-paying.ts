import type { ScopedDatabase } from "../../db/client.ts";
import type { BillingProvider } from "../../ports/billing.ts";
import { selectAccount } from "./account.ts";

/**
 * Ends what a tenant pays, which is about to close. May be repeated. Throws `BillingFailure`: then it still pays and
 * mustn't be closed yet.
 */
export async function stopPaying(
  db: ScopedDatabase,
  billing: BillingProvider | null,
  tenantId: string,
): Promise<void> {
  if (!billing) return;
  const [[account]] = await db.transaction((q) => [selectAccount(q, tenantId)]);
  if (account) await billing.cancelSubscriptions(account.customer_id);
}
