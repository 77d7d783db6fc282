import { lazy, Suspense, useEffect, useState } from "react";
import { loadWords } from "../i18n/load-words.ts";

/** After the page itself: it is no part of what one comes for. Without network there is just no banner. */
const LimitBanner = lazy(() =>
  Promise.all([import("../plan/limit-banner.tsx"), loadWords("plan")]).then(
    ([{ LimitBanner }]) => ({ default: LimitBanner }),
    () => ({ default: () => null }),
  ),
);

/** Says over every page that a limit of the plan is near or reached. */
export function Limits() {
  const [isHere, setHere] = useState(false);
  useEffect(() => setHere(true), []);
  return isHere ? (
    <Suspense>
      <LimitBanner />
    </Suspense>
  ) : null;
}
