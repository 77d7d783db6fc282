import { createContext, useContext } from "react";

/** Set while rendering on the server; browsers hide nonces from scripts, so it is empty there. */
export const NonceContext = createContext<string | undefined>(undefined);

export function useNonce(): string | undefined {
  return useContext(NonceContext);
}
