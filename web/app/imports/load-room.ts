import { readJson } from "../api/client.ts";
import type { Plan, UsageReport } from "../api/shapes.ts";
import type { Room } from "./sort-out.ts";

/** What the plan still has room for; null when that can't be told, so that the API alone decides. */
export async function loadRoom(): Promise<Room> {
  try {
    const [usage, { data: plans }] = await Promise.all([
      readJson<UsageReport>("/usage"),
      readJson<{ data: Plan[] }>("/plans"),
    ]);
    const plan = plans.find(({ name }) => name === usage.plan);
    const documents = usage.metrics.find(({ metric }) => metric === "documents");
    if (!plan || !documents) return null;
    return {
      fileBytes: plan.max_file_bytes,
      importBytes: plan.max_import_bytes,
      documents: Math.max(0, documents.limit - documents.used),
    };
  } catch {
    return null;
  }
}
