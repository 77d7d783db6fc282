import { type ComponentType, lazy, Suspense, useSyncExternalStore } from "react";
import { loadWords } from "../i18n/load-words.ts";
import { importPresence } from "./presence.ts";

/** The tray and its words. */
export async function loadTray(): Promise<{ default: ComponentType }> {
  const [module] = await Promise.all([import("./import-tray.tsx"), loadWords("imports")]);
  return { default: module.ImportTray };
}

/** Most visits import nothing: the tray comes with the first import. Without it the page goes on as well. */
const ImportTray = lazy(() => loadTray().catch(() => ({ default: () => null })));

/** The import tray, once there is something in it. */
export function ImportTrayDoor() {
  const isThere = useSyncExternalStore(importPresence.subscribe, importPresence.isThere, () => false);
  if (!isThere) return null;
  return (
    <Suspense>
      <ImportTray />
    </Suspense>
  );
}
