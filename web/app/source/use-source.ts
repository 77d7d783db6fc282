import { useSearchParams } from "@remix-run/react";
import { useMemo } from "react";
import type { Anchor } from "./anchor.ts";
import { isSamePlace, type Place, readPlace, withPlace } from "./place.ts";
import { useTrail } from "./trail.tsx";

/** The source on show, if any, and how to move: open an anchor, walk to its neighbours, turn pages, close. */
export function useSource() {
  const [search, setSearch] = useSearchParams();
  const { trail, setTrail } = useTrail();
  const place = useMemo(() => readPlace(search), [search]);
  const here = place && trail?.anchors.find((anchor) => isSamePlace(anchor.place, place));

  const go = (next: Place | null) =>
    // Opening is a step that Back undoes; moving about in the panel isn't.
    setSearch((now) => withPlace(now, next), { replace: place !== null, preventScrollReset: true });

  function open(anchors: Anchor[], index: number): void {
    const anchor = anchors[index];
    if (!anchor) return;
    setTrail({ anchors, index });
    go(anchor.place);
  }

  return {
    place,
    trail,
    /** The anchor on show; null on a page that one has turned to, or of a link that was shared. */
    anchor: here ?? null,
    open,
    show: go,
    walk(step: number): void {
      if (trail) open(trail.anchors, trail.index + step);
    },
    turnTo(page: number): void {
      if (place) go({ ...place, page, span: null, chunkId: null });
    },
    close(): void {
      const opener = here?.opener ?? trail?.anchors[trail.index]?.opener;
      go(null);
      // Once the panel is gone, so that what it covered can take focus again.
      requestAnimationFrame(() => opener && document.getElementById(opener)?.focus());
    },
  };
}
