import { useRevalidator, useRouteError } from "@remix-run/react";
import { asProblem } from "../api/problem.ts";
import { ProblemNote } from "../components/problem-note.tsx";

/** In the place of a section that can't be shown; the others stay at hand. */
export function SectionProblem() {
  const { revalidate } = useRevalidator();
  return <ProblemNote problem={asProblem(useRouteError())} onRetry={revalidate} />;
}
