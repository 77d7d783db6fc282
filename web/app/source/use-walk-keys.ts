import { useEffect, useRef } from "react";

type Actions = { onClose: () => void; onWalk: (step: number) => void };

/** Closes the panel on Escape and walks its anchors with `[` and `]`, wherever focus is but in a field. */
export function useWalkKeys(actions: Actions): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event.target)) return;
      if (event.key === "Escape") latest.current.onClose();
      if (event.key === "[") latest.current.onWalk(-1);
      if (event.key === "]") latest.current.onWalk(1);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}
