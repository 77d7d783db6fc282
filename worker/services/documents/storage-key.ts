/** Where R2 keeps everything of all tenants. */
export const TENANTS_PREFIX = "t/";

/** Where R2 keeps everything of a tenant. */
export function tenantPrefix(tenantId: string): string {
  return `${TENANTS_PREFIX}${tenantId}/`;
}

/** Where R2 keeps everything of a document, under its tenant. */
export function documentPrefix(tenantId: string, documentId: string): string {
  return `${tenantPrefix(tenantId)}${documentId}/`;
}

/** Where R2 keeps the original of one version. */
export function storageKey(tenantId: string, documentId: string, version: number): string {
  return `${documentPrefix(tenantId, documentId)}${version}/original`;
}

/** Where R2 keeps what is to replace it: which version that becomes isn't known before it is stored. */
export function replacementKey(tenantId: string, documentId: string): string {
  return `${documentPrefix(tenantId, documentId)}${crypto.randomUUID()}/original`;
}
