import { chosenTenant } from "../api/tenant-choice.ts";

/** Whether there are imports to show: all that pages without any need to know of them. */
let isThere = false;
const listeners = new Set<() => void>();

/** Where the browser remembers the imports of the workspace on show. */
export function rememberedKey(): string {
  return `ancre.imports.${chosenTenant() ?? "own"}`;
}

export const importPresence = {
  isThere: () => isThere || globalThis.localStorage?.getItem(rememberedKey()) !== null,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  note(there: boolean) {
    isThere = there;
    for (const listener of listeners) listener();
  },
};
