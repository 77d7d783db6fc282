import { type ComponentProps, lazy, Suspense, useRef } from "react";

/** Loaded when the first one opens: a first visit needs no windows. */
const LoadedSheet = lazy(() => import("./dialog.tsx").then((module) => ({ default: module.Sheet })));

/** A part of the page that comes over it where there is no room beside; on phones it rises from below. */
export function Sheet(props: ComponentProps<typeof LoadedSheet>) {
  const wasOpen = useRef(false);
  wasOpen.current ||= props.open;
  // It stays from then on: closing gives the focus back.
  if (!wasOpen.current) return null;
  return (
    <Suspense>
      <LoadedSheet {...props} />
    </Suspense>
  );
}
