import { useSyncExternalStore } from "react";

const never = () => () => {};

/** False in the server's page until React has taken it over: a press would come to nothing, and say nothing of it. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
