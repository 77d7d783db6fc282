import { useBlocker } from "@remix-run/react";
import { useEffect, useRef } from "react";

/** Asks before the page is left for another while something on it isn't saved. */
export function useUnsavedGuard(isUnsaved: boolean) {
  const isFree = useRef(false);
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
  // Where leaving was allowed once, what is typed next is guarded again.
  useEffect(() => {
    if (!isUnsaved) isFree.current = false;
  }, [isUnsaved]);
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
