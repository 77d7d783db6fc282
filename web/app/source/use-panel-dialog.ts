import { useEffect, useRef } from "react";

/** Under this width the panel covers the page, so it is modal. Kept with `source.css`. */
const NARROW = "(max-width: 67.9rem)";

type Actions = { onClose: () => void; onMove: (step: number) => void };

/** Opens the panel as its width asks for, closes it on Escape, and walks the anchors with `[` and `]`. */
export function usePanelDialog(actions: Actions) {
  const dialog = useRef<HTMLDialogElement>(null);
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const node = dialog.current;
    const narrow = window.matchMedia(NARROW);
    const show = () => {
      node?.close();
      if (narrow.matches) node?.showModal();
      else node?.show();
    };
    show();
    narrow.addEventListener("change", show);
    return () => narrow.removeEventListener("change", show);
  }, []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") {
        event.preventDefault();
        latest.current.onClose();
      } else if (!isTyping(event.target)) {
        if (event.key === "[") latest.current.onMove(-1);
        if (event.key === "]") latest.current.onMove(1);
      }
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return dialog;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select");
}
