const KEY = "ancre.tenant";

/** The workspace the reader switched to; null for the one that the API takes by itself. */
export function chosenTenant(): string | null {
  return globalThis.localStorage?.getItem(KEY) ?? null;
}

export function chooseTenant(id: string | null): void {
  if (id === null) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, id);
}
