import type { Segment } from "../cut-answer.ts";
import type { Leaf, Piece } from "./parse-answer.ts";

/** A stretch of a leaf within one sentence; the sentence's marks follow the last of its stretches. */
export type Stretch = { text: string; start: number; segment: Segment; isLast: boolean };

/** Cuts the leaves of an answer where its sentences end, so that each stretch belongs to one sentence. */
export function spreadMarks(pieces: Piece[], segments: Segment[]): Map<Leaf, Stretch[]> {
  const cut = new Map<Leaf, Stretch[]>();
  const last = new Map<Segment, Stretch>();
  for (const leaf of leavesOf(pieces)) {
    const stretches = cutLeaf(leaf, segments);
    cut.set(leaf, stretches);
    // What is white space alone, as between the items of a list, ends no sentence.
    for (const stretch of stretches) if (stretch.text.trim() !== "") last.set(stretch.segment, stretch);
  }
  for (const stretch of last.values()) stretch.isLast = true;
  return cut;
}

function leavesOf(pieces: Piece[]): Leaf[] {
  return pieces.flatMap((piece) => {
    if (piece.kind === "leaf") return [piece.leaf];
    return piece.kind === "element" ? leavesOf(piece.children) : [];
  });
}

function cutLeaf({ text, offsets }: Leaf, segments: Segment[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const [unit, offset] of offsets.entries()) {
    const segment = segments.findLast(({ start }) => start <= offset);
    if (!segment) continue;
    const before = stretches.at(-1);
    if (before?.segment === segment) before.text += text[unit];
    else stretches.push({ text: text[unit] ?? "", start: offset, segment, isLast: false });
  }
  return stretches;
}
