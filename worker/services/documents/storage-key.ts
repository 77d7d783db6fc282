/** Where R2 keeps everything of a tenant. */
export function tenantPrefix(tenantId: string): string {
  return `t/${tenantId}/`;
}

/** Where R2 keeps everything of a document, under its tenant. */
export function documentPrefix(tenantId: string, documentId: string): string {
  return `${tenantPrefix(tenantId)}${documentId}/`;
}

/** Where R2 keeps the original of one version. */
export function storageKey(tenantId: string, documentId: string, version: number): string {
  return `${documentPrefix(tenantId, documentId)}${version}/original`;
}
