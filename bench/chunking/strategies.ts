import {
  CHUNK_SIZES,
  type Chunk,
  type ChunkSizes,
  chunkPages,
} from "../../worker/ingest/chunking/chunk-pages.ts";
import type { ParsedPage } from "../../worker/ports/document-parser.ts";
import { acrossPages, intoWindows, withOverlap } from "./recut.ts";

/** A way to cut documents, and whether the headings are embedded and indexed with the text. */
export type Strategy = { name: string; cut: (pages: ParsedPage[]) => Chunk[]; headings: boolean };

/** Characters of the previous chunk that an overlapping one repeats, at least. */
const OVERLAP = 150;

export const SHIPPED: Strategy = {
  name: `as shipped (${CHUNK_SIZES.target}, ${CHUNK_SIZES.max} at most)`,
  cut: (pages) => chunkPages(pages),
  headings: true,
};

/** Each differs from what ships in one thing. */
export const OTHERS: Strategy[] = [
  ...[600, 700, 800, 1_000, 1_100].map((target) =>
    sized(`${target} characters`, { target, max: 1.5 * target }),
  ),
  sized("every heading starts one, scraps stay", { beforeHeading: 0 }),
  {
    name: `overlap of ${OVERLAP} characters`,
    cut: (pages) => withOverlap(chunkPages(pages), pages, OVERLAP),
    headings: true,
  },
  {
    name: `cut anywhere every ${CHUNK_SIZES.target}`,
    cut: (pages) => intoWindows(chunkPages(pages), pages, CHUNK_SIZES.target),
    headings: true,
  },
  { name: "headings not indexed", cut: (pages) => chunkPages(pages), headings: false },
  { name: "over page breaks", cut: acrossPages, headings: true },
];

function sized(name: string, sizes: Partial<ChunkSizes>): Strategy {
  return { name, cut: (pages) => chunkPages(pages, { ...CHUNK_SIZES, ...sizes }), headings: true };
}
