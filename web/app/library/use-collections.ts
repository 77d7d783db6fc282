import { useEffect, useState } from "react";
import { callApi, readJson } from "../api/client.ts";
import type { Collection, Deletion } from "../api/shapes.ts";
import { loadCollections } from "./load-library.ts";

/** The collections as the page was loaded with them, with what was done to them since. */
export function useCollections(loaded: Collection[]) {
  const [collections, setCollections] = useState(loaded);
  useEffect(() => setCollections(loaded), [loaded]);
  return {
    collections,
    /** Reads their counts again; what can't be read stays as it is. */
    refresh: () => void loadCollections().then(setCollections, () => undefined),
    create: (name: string) => readJson<Collection>("/collections", { body: { name } }),
    async rename(id: string, name: string): Promise<void> {
      await callApi(`/collections/${id}`, { method: "PATCH", body: { name } });
      setCollections((now) => now.map((old) => (old.id === id ? { ...old, name } : old)));
    },
    remove: (id: string) => readJson<Deletion>(`/collections/${id}`, { method: "DELETE" }),
  };
}
