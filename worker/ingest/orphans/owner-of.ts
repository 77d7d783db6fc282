const UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const KEY = new RegExp(`^t/(${UUID})/(?:imports/)?(${UUID})/`);

/** An object and the id of the document or import that it was stored for. */
export type Owned = { tenantId: string; owner: string; key: string };

/** What a key tells of its object; null for one that isn't a document's or an import's. */
export function ownerOf(key: string): Owned | null {
  const [, tenantId, owner] = KEY.exec(key) ?? [];
  return tenantId && owner ? { tenantId, owner, key } : null;
}
