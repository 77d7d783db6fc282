/** Where R2 keeps what an import was given, until nothing of it is needed any more. */
export function importPrefix(tenantId: string, importId: string): string {
  return `t/${tenantId}/imports/${importId}/`;
}

export function archiveKey(tenantId: string, importId: string): string {
  return `${importPrefix(tenantId, importId)}archive`;
}

/** A file of a request with several. */
export function stagedKey(tenantId: string, importId: string, ordinal: number): string {
  return `${importPrefix(tenantId, importId)}files/${ordinal}`;
}
