/** Where R2 keeps everything of a document, under its tenant. */
export function documentPrefix(tenantId: string, documentId: string): string {
  return `t/${tenantId}/${documentId}/`;
}

/** Where R2 keeps the original of one version. */
export function storageKey(tenantId: string, documentId: string, version: number): string {
  return `${documentPrefix(tenantId, documentId)}${version}/original`;
}
