import MiniSearch from "minisearch";
import type { InkRange } from "./alignment.ts";

/** A fixed window of a text and where it comes from. */
export type Window = { file: string; page: number; ranges: InkRange[]; text: string };

/** Characters of a baseline chunk. */
const WINDOW = 800;

/** Cuts a text every 800 characters, wherever that falls. */
export function windows(text: string): Array<{ start: number; end: number }> {
  return Array.from({ length: Math.ceil(text.length / WINDOW) }, (_, index) => ({
    start: index * WINDOW,
    end: Math.min(text.length, (index + 1) * WINDOW),
  }));
}

/** Plain BM25 (k1 1.2, b 0.75; `d: 0` turns off what BM25+ adds) over windows: no stemming, no stop words. */
export function createBaseline(entries: Window[]): (query: string, limit: number) => Window[] {
  const index = new MiniSearch({ fields: ["text"], searchOptions: { bm25: { k: 1.2, b: 0.75, d: 0 } } });
  index.addAll(entries.map(({ text }, id) => ({ id, text })));
  return (query, limit) =>
    index
      .search(query)
      .slice(0, limit)
      .flatMap(({ id }) => entries[id] ?? []);
}
