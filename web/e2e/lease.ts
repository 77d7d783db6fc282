import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, inject } from "vitest";
import { createApiClient } from "../../dev/client/api.ts";
import { buildPdf, column } from "../../dev/fixtures/build-pdf.ts";

/** A page before the one that matters, as in any real file. */
const COVER = ["Residential lease agreement", "Signed in Nantes on 3 March 2025.", "Page 1"];

const TERMS = [
  "Termination",
  "The tenant may leave at any time. The notice period for a furnished flat is one month; it be-",
  "gins on the day on which the landlord receives the registered letter.",
  "",
  "Deposit",
  "The security deposit equals two months of rent without charges. It is returned within two",
  "months of the keys being handed over, less what the tenant still owes.",
  "",
  "Rent",
  "The rent is paid on the fifth day of each month by bank transfer. A late payment of the rent",
  "bears interest of four percent a year from the eighth day on.",
];

export type Lease = { api: ReturnType<typeof createApiClient>; assistantId: string; documentId: string };

/** Ways to remove what a file's tests made: the plan has room for ten assistants, and all files share it. */
const removals: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const remove of removals.splice(0)) await remove();
});

/** A lease of two pages, hyphenated at a line's end, in a collection of its own, and an assistant that reads it. */
export async function uploadLease(name: string): Promise<Lease> {
  const api = createApiClient({ url: inject("apiUrl") });
  const file = join(mkdtempSync(join(tmpdir(), "ancre-e2e-")), "lease.pdf");
  writeFileSync(
    file,
    await buildPdf({ pages: [column(COVER, 72, 760, 18), column(TERMS, 72, 760, 14, 11)] }),
  );
  const collection = await api.json<{ id: string }>("POST", "/collections", { name });
  const { id } = await api.upload(collection.id, file);
  await api.settle(id);
  const assistant = await api.json<{ id: string }>("POST", "/assistants", {
    name,
    collection_ids: [collection.id],
    suggested_questions: ["What is the notice period?"],
  });
  removals.push(() => api.json("DELETE", `/assistants/${assistant.id}`));
  return { api, assistantId: assistant.id, documentId: id };
}
