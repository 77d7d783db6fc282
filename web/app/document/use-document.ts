import { useEffect, useState } from "react";
import { followDocument, isUnderway } from "../api/follow.ts";
import { type ApiProblem, asProblem } from "../api/problem.ts";
import type { LibraryDocument } from "../api/shapes.ts";
import { type DocumentData, loadVersions } from "./load-document.ts";

/** A document and its versions, followed while it is being read. `isGone` once somebody deleted it. */
export function useDocument(loaded: DocumentData) {
  const [document, setDocument] = useState(loaded.document);
  const [versions, setVersions] = useState(loaded.versions);
  const [isGone, setGone] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  useEffect(() => {
    setDocument(loaded.document);
    setVersions(loaded.versions);
  }, [loaded]);
  const { id, version, status } = document;
  const isMoving = isUnderway(document);
  useEffect(() => {
    if (!isMoving || problem) return;
    const controller = new AbortController();
    (async () => {
      for await (const now of followDocument(id, controller.signal)) {
        if (now) setDocument(now);
        else setGone(true);
      }
    })().catch((error: unknown) => {
      if (!controller.signal.aborted) setProblem(asProblem(error));
    });
    return () => controller.abort();
  }, [id, isMoving, problem]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version or its end changes the list
  useEffect(() => {
    if (document === loaded.document) return;
    let isLeft = false;
    // The list stays as it was where it can't be read anew.
    loadVersions(id).then(
      (found) => !isLeft && setVersions(found),
      () => undefined,
    );
    return () => {
      isLeft = true;
    };
  }, [id, version, status, document.published_version]);
  const note = (now: LibraryDocument) => setDocument(now);
  return { document, versions, isGone, problem, followAgain: () => setProblem(null), note };
}
