import { randomUUID } from "node:crypto";
import { seeded } from "../vectors/synthetic.ts";

/** Chunks of a document, and of each of the many small tenants that fill a table. */
export const CHUNKS_PER_DOCUMENT = 100;
const SMALL_TENANT = 500;
/** Sizes of the tenants that are asked, where they take no more than half of the table. */
const ASKED_SIZES = [100, 1_000, 10_000, 100_000];

export type Tenant = { tenantId: string; collectionId: string; chunks: number };
export type PlannedDocument = { id: string; tenant: Tenant; chunks: number };

export type Plan = {
  /** Whom questions are put to: one of each size, and the one that has half of a small table */
  asked: Tenant[];
  tenants: Tenant[];
  /** In the order in which they are written: tenants mixed, as uploads come */
  documents: PlannedDocument[];
};

/** Tenants and documents of a table of so many chunks. */
export function planTable(chunks: number): Plan {
  const half = Math.floor(chunks / 2);
  const sizes = [...new Set([...ASKED_SIZES.filter((size) => size <= half / 2), Math.min(half, 100_000)])];
  const asked = sizes.map(makeTenant);
  const tenants = [...asked];
  for (let left = chunks - sum(asked); left > 0; left -= SMALL_TENANT) {
    tenants.push(makeTenant(Math.min(left, SMALL_TENANT)));
  }
  const documents = tenants.flatMap((tenant) =>
    Array.from({ length: Math.ceil(tenant.chunks / CHUNKS_PER_DOCUMENT) }, (_, at) => ({
      id: randomUUID(),
      tenant,
      chunks: Math.min(CHUNKS_PER_DOCUMENT, tenant.chunks - at * CHUNKS_PER_DOCUMENT),
    })),
  );
  return { asked, tenants, documents: shuffle(documents) };
}

function makeTenant(chunks: number): Tenant {
  return { tenantId: randomUUID(), collectionId: randomUUID(), chunks };
}

function sum(tenants: Tenant[]): number {
  return tenants.reduce((total, { chunks }) => total + chunks, 0);
}

function shuffle<T>(items: T[]): T[] {
  const random = seeded(7);
  for (let at = items.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [items[at], items[other]] = [items[other] as T, items[at] as T];
  }
  return items;
}
