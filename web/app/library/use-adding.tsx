import { useNavigate } from "@remix-run/react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type ApiProblem, asProblem } from "../api/problem.ts";
import type { Collection } from "../api/shapes.ts";
import { chooseFolder, type FoundFile, filesOf } from "../imports/read-drop.ts";
import { importFound } from "../imports/run-imports.ts";
import { useFileDrop } from "./use-file-drop.ts";

/** Bringing files into a collection, which is made first where there is none. */
export function useAdding(known: Collection | null, create: (name: string) => Promise<Collection>) {
  const { t } = useTranslation("library");
  const navigate = useNavigate();
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const made = useRef<Promise<Collection> | null>(null);
  const input = useRef<HTMLInputElement>(null);

  /** The collection on show, made now if this workspace has none. Throws `ApiProblem`. */
  async function ensureCollection(): Promise<string> {
    if (known) return known.id;
    made.current ??= create(t("collectionName"));
    try {
      const { id } = await made.current;
      navigate(`/library?collection=${id}`, { replace: true });
      return id;
    } catch (error) {
      made.current = null;
      throw error;
    }
  }

  function add(found: FoundFile[]): void {
    if (found.length === 0) return;
    setProblem(null);
    ensureCollection()
      .then((id) => importFound(id, found))
      .catch((error: unknown) => setProblem(asProblem(error)));
  }

  const isDragging = useFileDrop(add);
  return {
    problem,
    isDragging,
    ensureCollection,
    chooseFiles: () => input.current?.click(),
    chooseFolder: () => chooseFolder(add),
    input: (
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={({ currentTarget }) => {
          add(filesOf(currentTarget.files));
          // The same file chosen again must count as a change.
          currentTarget.value = "";
        }}
      />
    ),
  };
}
