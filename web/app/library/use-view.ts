import { useLocation, useNavigation, useSearchParams } from "@remix-run/react";
import { type View, withView } from "./view.ts";

/** What of the library is on show, as the address holds it: how to change that, and whether a change is on its way. */
export function useView() {
  const [search, setSearch] = useSearchParams();
  const { pathname } = useLocation();
  const { state, location: ahead } = useNavigation();
  return {
    isLoading: state === "loading",

    /** Adds to a change that is still on its way, and calls nobody back who is on the way to another page. */
    change(next: Partial<View>): void {
      if (ahead && ahead.pathname !== pathname) return;
      const latest = ahead ? new URLSearchParams(ahead.search) : search;
      setSearch(withView(latest, next), { replace: true, preventScrollReset: true });
    },

    /** Another collection, whole; null for the first. */
    show(collectionId: string | null): void {
      setSearch(withView(new URLSearchParams(), { collectionId }));
    },
  };
}
