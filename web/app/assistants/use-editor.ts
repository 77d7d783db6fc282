import { useNavigate } from "@remix-run/react";
import { useMemo, useRef, useState } from "react";
import { readJson } from "../api/client.ts";
import { type ApiProblem, asProblem } from "../api/problem.ts";
import type { Assistant } from "../api/shapes.ts";
import { changesOf, type Draft, draftOf, type FieldName, inputOf, savedOf, undo } from "./draft.ts";
import type { EditorData } from "./load-assistants.ts";
import { useUnsavedGuard } from "./use-unsaved-guard.ts";

export type Editor = ReturnType<typeof useEditor>;

/** An assistant's form: what is typed, what of it isn't saved, and how to save it. */
export function useEditor({ assistant, collections, canManage }: EditorData) {
  const navigate = useNavigate();
  const [id, setId] = useState(assistant?.id ?? null);
  const [wasMadeHere, setMadeHere] = useState(false);
  // With one collection there is no choice to make.
  const only = collections.length === 1 ? collections.map((collection) => collection.id) : [];
  const [saved, setSaved] = useState(() => savedOf(assistant, only));
  const [draft, setDraft] = useState(() => draftOf(saved));
  const [state, setState] = useState<"editing" | "saving" | "saved">("editing");
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const latest = useRef(draft);
  latest.current = draft;

  const changes = useMemo(() => changesOf(draft, saved), [draft, saved]);
  const changed = Object.keys(changes) as FieldName[];
  const guard = useUnsavedGuard(changed.length > 0);

  function set(patch: Partial<Draft>): void {
    setDraft((before) => ({ ...before, ...patch }));
    if (state === "saved") setState("editing");
  }

  async function save(): Promise<void> {
    if (state === "saving" || draft.name.trim() === "") return;
    setState("saving");
    setProblem(null);
    try {
      const kept = id
        ? await readJson<Assistant>(`/assistants/${id}`, { method: "PATCH", body: changes })
        : await readJson<Assistant>("/assistants", { body: inputOf(draft) });
      const now = savedOf(kept, []);
      setSaved(now);
      // What was typed while it was being saved stays.
      if (latest.current === draft) setDraft(draftOf(now));
      setState("saved");
      if (id) return;
      setId(kept.id);
      setMadeHere(true);
      guard.leaveFreely();
      navigate(`/assistants/${kept.id}`, { replace: true, state: { made: kept.id } });
    } catch (error) {
      setState("editing");
      setProblem(asProblem(error));
    }
  }

  return {
    /** Null until it is saved for the first time. */
    id,
    saved,
    draft,
    changed,
    state,
    problem,
    canManage,
    wasMadeHere,
    guard,
    set,
    undo: (field: FieldName) => setDraft((before) => undo(before, saved, field)),
    save,
  };
}
