import { citeSentence } from "../../worker/services/anchors/cite.ts";
import type { SourcePassage } from "../../worker/services/anchors/prepare-passage.ts";
import { MUTATION_KINDS, type MutationKind, mutate } from "./mutate.ts";
import { rewrite } from "./rewrite.ts";

/** A sentence that the first passage holds, the passages an answer would have, and names to put in others' place. */
export type GuardCase = {
  id: string;
  language: "fr" | "en";
  sentence: string;
  passages: SourcePassage[];
  names: string[];
};

/** What was caught of one kind; `unmarked` counts what was caught when the sentence cites no passage. */
export type KindFigures = { count: number; caught: number; unmarked: number; rate: number };

export type GuardFigures = {
  kinds: Record<MutationKind, KindFigures>;
  falseAlarms: { count: number; flagged: number; rate: number };
  byRewrite: Map<string, { count: number; flagged: number }>;
  /** What went wrong, for whoever tunes the guard: kind, text, and the guard's word on it. */
  faults: Array<{ id: string; kind: string; text: string; reason: string }>;
};

/**
 * Runs the guard over mutated sentences, which must not be verified, and over faithful ones, which must. Each cites the
 * passage that holds the sentence it was made of; the other passages are there as they would be for an answer.
 */
export function evaluateGuard(cases: GuardCase[]): GuardFigures {
  const kinds = Object.fromEntries(
    MUTATION_KINDS.map((kind) => [kind, { count: 0, caught: 0, unmarked: 0, rate: 1 }]),
  ) as Record<MutationKind, KindFigures>;
  const figures: GuardFigures = {
    kinds,
    falseAlarms: { count: 0, flagged: 0, rate: 0 },
    byRewrite: new Map(),
    faults: [],
  };
  for (const { id, language, sentence, passages, names } of cases) {
    for (const { kind, text } of mutate(sentence, { language, names })) {
      const figure = kinds[kind];
      figure.count++;
      if (isVerified(text, [1], passages)) figures.faults.push({ id, kind, text, reason: "verified" });
      else figure.caught++;
      if (!isVerified(text, [], passages)) figure.unmarked++;
      figure.rate = figure.caught / figure.count;
    }
    for (const { kind, text } of rewrite(sentence, language)) {
      const row = figures.byRewrite.get(kind) ?? { count: 0, flagged: 0 };
      figures.byRewrite.set(kind, row);
      row.count++;
      figures.falseAlarms.count++;
      if (isVerified(text, [1], passages)) continue;
      row.flagged++;
      figures.falseAlarms.flagged++;
      const reason = citationsOf(text, [1], passages)[0]?.reason ?? "no anchor";
      figures.faults.push({ id, kind: `rewrite ${kind}`, text, reason });
    }
  }
  figures.falseAlarms.rate = figures.falseAlarms.flagged / Math.max(1, figures.falseAlarms.count);
  return figures;
}

function isVerified(text: string, sources: number[], passages: SourcePassage[]): boolean {
  return citationsOf(text, sources, passages).some(({ verified }) => verified);
}

function citationsOf(text: string, sources: number[], passages: SourcePassage[]) {
  return citeSentence({ text, range: { start: 0, end: text.length }, sources }, passages);
}
