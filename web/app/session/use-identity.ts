import { useSyncExternalStore } from "react";
import { type Identity, identity } from "../api/identity.ts";

/** The identity provider, once its script is there; null before, and where there is none. */
export function useIdentity(): Identity | null {
  return useSyncExternalStore(identity.subscribe, identity.get, () => null);
}
