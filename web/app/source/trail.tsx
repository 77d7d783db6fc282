import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import type { Trail } from "./anchor.ts";

type Shared = { trail: Trail | null; setTrail: (trail: Trail | null) => void };

const TrailContext = createContext<Shared>({ trail: null, setTrail: () => {} });

/** Lets a page say which anchors the source panel beside it walks through. */
export function TrailProvider({ children }: { children: ReactNode }) {
  const [trail, setTrail] = useState<Trail | null>(null);
  const shared = useMemo(() => ({ trail, setTrail }), [trail]);
  return <TrailContext.Provider value={shared}>{children}</TrailContext.Provider>;
}

export function useTrail(): Shared {
  return useContext(TrailContext);
}
