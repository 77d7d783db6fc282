import { createCoverage } from "./coverage.ts";
import { LEG_WEIGHTS, type Standing } from "./fuse.ts";
import { detectQuestionLanguage, type TextLanguage } from "./language.ts";

/** What is read of a candidate. */
type Readable = { id: string; language: TextLanguage; heading_path: string[]; text: string };

/**
 * How much the best chunk in the question's language takes from those in another (decision 017). Words don't tell what
 * these hold; but the less of the question its own language holds, the likelier that another answers it.
 */
const ANSWERED_BY_OWN = 0.8;

/** What fusion needs to know of each candidate of a question besides its ranks. */
export function createStandings(question: string) {
  const language = detectQuestionLanguage(question);
  const coverage = createCoverage(question);
  // A text in a third language has nothing but its own words to be found by.
  const isForeign = (chunk: Readable) =>
    language !== null && chunk.language !== "other" && chunk.language !== language;

  return {
    /** Reads those that are there already, while something else is waited for. */
    read: (candidates: Readable[]) => coverage.read(candidates),

    among(candidates: Readable[]): Map<string, Standing> {
      const held = coverage.among(candidates);
      const own = candidates.filter((chunk) => !isForeign(chunk)).map(({ id }) => held.get(id) ?? 0);
      const left = 1 - ANSWERED_BY_OWN * Math.max(0, ...own);
      return new Map(
        candidates.map((chunk): [string, Standing] => {
          const share = held.get(chunk.id) ?? 0;
          return isForeign(chunk)
            ? [chunk.id, { weights: LEG_WEIGHTS.other, coverage: Math.max(share, left) }]
            : [chunk.id, { weights: LEG_WEIGHTS.same, coverage: share }];
        }),
      );
    },
  };
}
