import { useBlocker, useLocation } from "@remix-run/react";
import { useEffect, useRef } from "react";

/** Asks before the page is left for another while something on it isn't saved. */
export function useUnsavedGuard(isUnsaved: boolean) {
  const isFree = useRef(false);
  const { pathname } = useLocation();
  const blocker = useBlocker(({ currentLocation, nextLocation }) => {
    // A source that opens beside the page doesn't leave it.
    return isUnsaved && !isFree.current && currentLocation.pathname !== nextLocation.pathname;
  });
  useEffect(() => {
    if (!isUnsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isUnsaved]);
  // Allowed for one move; at the next address what is typed is guarded again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each address
  useEffect(() => {
    isFree.current = false;
  }, [pathname]);
  return {
    isAsking: blocker.state === "blocked",
    leave: () => blocker.proceed?.(),
    stay: () => blocker.reset?.(),
    /** For a move that belongs to the saving, or to a deletion. */
    leaveFreely: () => {
      isFree.current = true;
    },
  };
}
