import { useEffect, useState } from "react";
import { downloadDocument } from "../api/download-document.ts";
import { type ApiProblem, asProblem } from "../api/problem.ts";
import type { Place } from "./place.ts";

/** Saving the file behind the page on show: of the version that is quoted, or of the one that is read now. */
export function useDownload({ documentId, version }: Place) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what went wrong with one file says nothing of another
  useEffect(() => setProblem(null), [documentId, version]);
  const save = (wanted: number | null) => {
    setBusy(true);
    setProblem(null);
    downloadDocument(documentId, wanted)
      .catch((error: unknown) => setProblem(asProblem(error)))
      .finally(() => setBusy(false));
  };
  return {
    isBusy,
    problem,
    isNotKept: version !== null && problem?.code === "not_found",
    save: () => save(version),
    saveCurrent: () => save(null),
  };
}
