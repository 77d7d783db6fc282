const KEY = "ancre.tenant";

/** The workspace the reader switched to; null for the one that the API takes by itself. */
export function chosenTenant(): string | null {
  return globalThis.localStorage?.getItem(KEY) ?? null;
}

export function chooseTenant(id: string | null): void {
  if (id === null) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, id);
}

let renames = 0;
const listeners = new Set<() => void>();

/** Told when a workspace is renamed, for whoever shows its name. */
export const tenantNames = {
  renames: () => renames,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  noteRename(): void {
    renames += 1;
    for (const listener of listeners) listener();
  },
};
