import { asOwner } from "../harness.ts";
import { storedRows } from "../hostile/stored-rows.ts";
import type { Deployment } from "./deployment.ts";
import type { Scenario } from "./scenario.ts";
import { readState } from "./state.ts";
import { collectionOf, importFiles, untilFinal, upload } from "./steps.ts";

export const erasing: Scenario<void> = {
  name: "of an erased tenant only its empty row, the entry of its closing and receipts are left",
  endings: ["death after"],
  alike: true,
  async prepare(at) {
    const id = await collectionOf(at);
    await upload(at, id, "note.md", "# Note\n\nSomething to forget.");
    await untilFinal(at);
    await importFiles(at, id, [new File(["# Late\n\nThis one never comes."], "late.md")]);
    await at.request("POST", "/imports/uploads", () => ({
      collection_id: id,
      filename: "a.zip",
      size_bytes: 9,
    }));
  },
  async start(at) {
    await at.request("DELETE", `/tenants/${at.tenantId}`, () => ({ name: "At least once" }));
    // Whoever was let in before has gone.
    await asOwner()`update deletion_receipts set writes_until = now() where tenant_id = ${at.tenantId}`;
  },
  async state(at) {
    return { ...(await readState(at)), left: await leftOf(at) };
  },
  clean: {
    left: { audit_log: 1, deletion_receipts: 2, tenants: 1 },
    receipts: [
      { subject: "document", part: true, complete: true },
      { subject: "tenant", complete: true },
    ],
  },
};

/** Rows and files that there still are, by table. */
async function leftOf({ tenantId }: Deployment): Promise<Record<string, number>> {
  const rows = Object.entries(await storedRows(tenantId));
  return Object.fromEntries(rows.map(([name, found]) => [name, found.length]).filter(([, count]) => count));
}
