import { useEffect, useLayoutEffect, useRef } from "react";

/** Pixels from the end within which the reader counts as being there. */
const NEAR_END = 80;

/**
 * Keeps a scrolling element at its end while its content grows, unless the reader has scrolled away; one's own new
 * turn always comes into view.
 */
export function useStickyEnd<T extends HTMLElement>(turns: readonly { id: string }[]) {
  const element = useRef<T>(null);
  const isAtEnd = useRef(true);
  const count = useRef(turns.length);
  useEffect(() => {
    const node = element.current;
    const note = () => {
      if (node) isAtEnd.current = node.scrollHeight - node.scrollTop - node.clientHeight < NEAR_END;
    };
    node?.addEventListener("scroll", note, { passive: true });
    return () => node?.removeEventListener("scroll", note);
  }, []);
  useLayoutEffect(() => {
    const node = element.current;
    const isNew = turns.length > count.current;
    count.current = turns.length;
    if (node && (isAtEnd.current || isNew)) node.scrollTop = node.scrollHeight;
  }, [turns]);
  return element;
}
