import type { Receipt } from "../api/shapes.ts";

export type Step = "preparing" | "searching" | "waiting" | "writing" | "rest";

/** Milliseconds below which a step isn't worth a word. */
const WORTH_MS = 5;

/** Where an answer's time went, in order; together the steps are the whole of it. Steps of no length are left out. */
export function splitTime({
  auth,
  context,
  embedding,
  retrieval,
  model_wait,
  writing,
  total,
}: Receipt["time"]) {
  const steps: { step: Step; ms: number }[] = [
    // These two run side by side.
    { step: "preparing", ms: auth + Math.max(context, embedding ?? 0) },
    { step: "searching", ms: retrieval ?? 0 },
    { step: "waiting", ms: model_wait ?? 0 },
    { step: "writing", ms: writing ?? 0 },
  ];
  const known = steps.reduce((sum, { ms }) => sum + ms, 0);
  return [...steps, { step: "rest" as const, ms: total - known }].filter(({ ms }) => ms >= WORTH_MS);
}
