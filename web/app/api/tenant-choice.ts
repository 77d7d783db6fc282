const KEY = "ancre.tenant";

/** The workspace the reader switched to; null for the one that the API takes by itself. */
export function chosenTenant(): string | null {
  return globalThis.localStorage?.getItem(KEY) ?? null;
}

export function chooseTenant(id: string | null): void {
  if (id === null) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, id);
}

let changes = 0;
const listeners = new Set<() => void>();

/** Told when a workspace is renamed or gone, for whoever shows their names. */
export const tenantNames = {
  changes: () => changes,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  noteChange(): void {
    changes += 1;
    for (const listener of listeners) listener();
  },
};
