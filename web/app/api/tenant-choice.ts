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
export const workspaceNames = {
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

/** The one on show among those the reader belongs to. */
export function tenantOnShow<T extends { id: string; kind: string }>(tenants: T[]): T | undefined {
  const chosen = chosenTenant();
  return (
    tenants.find(({ id }) => id === chosen) ?? tenants.find(({ kind }) => kind === "personal") ?? tenants[0]
  );
}
