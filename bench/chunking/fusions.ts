import type { Candidate } from "../../worker/services/retrieval/candidates.ts";
import { fuse, LEG_WEIGHTS, type LegWeights, type Standing } from "../../worker/services/retrieval/fuse.ts";
import { mergeNeighbours } from "../../worker/services/retrieval/merge-neighbours.ts";
import { selectChunks } from "../../worker/services/retrieval/select.ts";
import { createStandings } from "../../worker/services/retrieval/standing.ts";
import type { Legs } from "./chunk-index.ts";

/** Both legs' candidates, and what fusion knows of each besides its ranks. */
export type Contest = Legs & {
  known: Map<string, Candidate>;
  standings: Map<string, Standing>;
};

type Scored = { id: string; score: number };

/** A way from two rankings to the passages to read. */
export type Fusion = {
  name: string;
  rank: (contest: Contest) => Scored[];
  select: boolean;
  merge: boolean;
};

export const SHIPPED_FUSION: Fusion = { name: "as shipped", rank: weighted(), select: true, merge: true };

const EQUAL: LegWeights = { lexical: 1, dense: 1 };

/** The first four have no coverage and no language; the others differ from what ships in one thing. */
export const OTHER_FUSIONS: Fusion[] = [
  variant("full text alone", ({ lexical }) => reciprocal([lexical], 10)),
  variant("dense alone", ({ dense }) => reciprocal([dense], 10)),
  variant("equal weights, k = 60", ({ lexical, dense }) => reciprocal([lexical, dense], 60)),
  variant("equal weights, k = 10", ({ lexical, dense }) => reciprocal([lexical, dense], 10)),
  variant("same weights in any language", weighted({ other: LEG_WEIGHTS.same })),
  variant("equal weights in one's language", weighted({ same: EQUAL })),
  variant("without coverage", weighted({ coverage: 0 })),
  variant("half the coverage", weighted({ coverage: 0.5 })),
  variant("coverage and a half", weighted({ coverage: 1.5 })),
  { ...SHIPPED_FUSION, name: "without selection", select: false },
  { ...SHIPPED_FUSION, name: "without merging", merge: false },
  { ...SHIPPED_FUSION, name: "without either", select: false, merge: false },
];

/** Readies what the legs found to be fused in any way. */
export function openContest(question: string, { lexical, dense }: Legs): Contest {
  const known = new Map([...lexical, ...dense].map((candidate) => [candidate.id, candidate]));
  return { lexical, dense, known, standings: createStandings(question).among([...known.values()]) };
}

/** At most `topK` chunks of a contest, as passages, best first. */
export function passagesOf(contest: Contest, { rank, select, merge }: Fusion, topK: number): Candidate[] {
  const ranked = rank(contest).flatMap(({ id, score }) => {
    const candidate = contest.known.get(id);
    return candidate ? [{ ...candidate, score }] : [];
  });
  const chosen = select ? selectChunks(ranked, topK) : ranked.slice(0, topK);
  return merge ? mergeNeighbours(chosen) : chosen;
}

function variant(name: string, rank: Fusion["rank"]): Fusion {
  return { ...SHIPPED_FUSION, name, rank };
}

/** The product's own fusion; `coverage` multiplies its weight of coverage. */
function weighted({
  same = LEG_WEIGHTS.same,
  other = LEG_WEIGHTS.other,
  coverage = 1,
}: {
  same?: LegWeights;
  other?: LegWeights;
  coverage?: number;
} = {}): Fusion["rank"] {
  return ({ lexical, dense, standings }) =>
    fuse(lexical, dense, (id) => {
      const shipped = standings.get(id);
      if (!shipped) return undefined;
      const weights = shipped.weights === LEG_WEIGHTS.other ? other : same;
      return { weights, coverage: coverage * shipped.coverage };
    });
}

/** Plain reciprocal rank fusion, each leg weighing the same. */
function reciprocal(legs: Candidate[][], k: number): Scored[] {
  const scores = new Map<string, number>();
  for (const leg of legs) {
    for (const [index, { id }] of leg.entries()) scores.set(id, (scores.get(id) ?? 0) + 1 / (k + index + 1));
  }
  return [...scores].map(([id, score]) => ({ id, score })).sort((a, b) => b.score - a.score);
}
