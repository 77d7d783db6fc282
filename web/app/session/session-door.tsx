import { lazy, Suspense, useEffect, useState } from "react";
import { identity } from "../api/identity.ts";

/** Clerk's code comes after the page's own, and only where people sign in. */
const ClerkSession = lazy(() =>
  import("./clerk-session.tsx").then(({ ClerkSession }) => ({ default: ClerkSession })),
);

export function SessionDoor({ publishableKey }: { publishableKey: string }) {
  const [isHere, setHere] = useState(false);
  useEffect(() => {
    identity.expect();
    setHere(true);
  }, []);
  return isHere ? (
    <Suspense>
      <ClerkSession publishableKey={publishableKey} />
    </Suspense>
  ) : null;
}
