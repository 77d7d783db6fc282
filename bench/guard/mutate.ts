import { mutateDates } from "./mutate-dates.ts";
import { mutateNames } from "./mutate-names.ts";
import { mutateNegations } from "./mutate-negations.ts";
import { mutateNumbers } from "./mutate-numbers.ts";
import { mutateUnits } from "./mutate-units.ts";

export const MUTATION_KINDS = ["digit", "date", "unit", "entity", "negation"] as const;

export type MutationKind = (typeof MUTATION_KINDS)[number];

/** A sentence that says something else than the one it was made of. */
export type Mutation = { kind: MutationKind; text: string };

export type MutationOptions = {
  language: "fr" | "en";
  /** Proper names that may be put in another's place. */
  names: string[];
};

/**
 * Every way in which a sentence can be made wrong: one mutation of each rule where it applies, in a fixed order. The
 * rules are regular expressions of their own; they share nothing with the guard that they test.
 */
export function mutate(sentence: string, { language, names }: MutationOptions): Mutation[] {
  const made: Array<[MutationKind, string[]]> = [
    ["digit", mutateNumbers(sentence, language)],
    ["date", mutateDates(sentence, language)],
    ["unit", mutateUnits(sentence, language)],
    ["entity", mutateNames(sentence, names)],
    ["negation", mutateNegations(sentence, language)],
  ];
  return made.flatMap(([kind, texts]) =>
    [...new Set(texts)].filter((text) => text !== sentence).map((text) => ({ kind, text })),
  );
}
