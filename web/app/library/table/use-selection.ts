import { useRef, useState } from "react";
import type { LibraryDocument } from "../../api/shapes.ts";

export type Selection = ReturnType<typeof useSelection>;

/** Which of the loaded documents are selected, one by one, as a range, or all. */
export function useSelection(documents: LibraryDocument[]) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const anchor = useRef<string | null>(null);
  const selected = documents.filter(({ id }) => ids.has(id));
  const isAll = selected.length > 0 && selected.length === documents.length;
  return {
    selected,
    state: isAll ? ("all" as const) : selected.length > 0 ? ("some" as const) : ("none" as const),
    has: (id: string) => ids.has(id),
    select(id: string, isSelected: boolean, isRange: boolean): void {
      const reached = isRange ? between(documents, anchor.current, id) : [id];
      anchor.current = id;
      setIds((now) => {
        const next = new Set(now);
        for (const each of reached) isSelected ? next.add(each) : next.delete(each);
        return next;
      });
    },
    selectAll: (isSelected: boolean) => setIds(new Set(isSelected ? documents.map(({ id }) => id) : [])),
    /** All that match, once they are loaded. */
    selectThese: (chosen: LibraryDocument[]) => setIds(new Set(chosen.map(({ id }) => id))),
    clear: () => setIds(new Set()),
  };
}

/** Ids from one row to another, both included; the second alone where the first isn't there. */
function between(documents: LibraryDocument[], from: string | null, to: string): string[] {
  const [a, b] = [from, to].map((id) => documents.findIndex((document) => document.id === id));
  if (a === undefined || b === undefined || a < 0 || b < 0) return [to];
  return documents.slice(Math.min(a, b), Math.max(a, b) + 1).map(({ id }) => id);
}
