import { useSyncExternalStore } from "react";
import type { Batch } from "./batch.ts";
import { importStore } from "./import-store.ts";

const NONE: Batch[] = [];

/** The imports on show, newest first. */
export function useImports(): Batch[] {
  return useSyncExternalStore(importStore.subscribe, importStore.batches, () => NONE);
}

/** Whether documents may still come into a collection. */
export function useIsImportingInto(collectionId: string | null): boolean {
  const isActive = () => collectionId !== null && importStore.isActive(collectionId);
  return useSyncExternalStore(importStore.subscribe, isActive, () => false);
}
