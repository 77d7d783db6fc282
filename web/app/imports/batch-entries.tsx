import { Link } from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type ApiProblem, asProblem } from "../api/problem.ts";
import type { ImportEntry } from "../api/shapes.ts";
import { ProblemNote } from "../components/problem-note.tsx";
import { Button } from "../components/ui/button.tsx";
import { Choice } from "../components/ui/choice.tsx";
import { Skeleton } from "../components/ui/skeleton.tsx";
import type { Batch } from "./batch.ts";
import { chooseFile } from "./read-drop.ts";
import { RefusedEntry } from "./refused-entry.tsx";
import { replaceEntry } from "./run-imports.ts";
import { useEntries } from "./use-entries.ts";

/** An import file by file: first what needs somebody, each with why and what to do. */
export function BatchEntries({ batch, hasFailed }: { batch: Batch; hasFailed: boolean }) {
  const { t } = useTranslation("imports");
  const [which, setWhich] = useState<"problems" | "all">(hasFailed ? "problems" : "all");
  const { entries, hasMore, problem, isLoading, showMore, retry } = useEntries(batch, which === "problems");
  const isEmpty = !isLoading && !problem && entries.length + batch.refused.length === 0;
  return (
    <div className="grid grid-cols-1 gap-2">
      <Choice
        legend={t("which")}
        value={which}
        options={[
          { value: "problems", name: t("problems") },
          { value: "all", name: t("all") },
        ]}
        onChoose={setWhich}
      />
      {problem && <ProblemNote problem={problem} onRetry={retry} />}
      {isLoading && <Skeleton />}
      {isEmpty && (
        <p className="text-sm text-soft">{which === "problems" ? t("noProblems") : t("noEntries")}</p>
      )}
      <ul className="grid grid-cols-1 gap-3 text-sm">
        {batch.refused.map((refused) => (
          <RefusedEntry key={refused.key} refused={refused} />
        ))}
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} batchId={batch.id} />
        ))}
      </ul>
      {hasMore && (
        <Button size="small" look="quiet" onClick={showMore}>
          {t("showMore", { ns: "everywhere" })}
        </Button>
      )}
    </div>
  );
}

function Entry({ entry, batchId }: { entry: ImportEntry; batchId: string }) {
  const { t } = useTranslation("imports");
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const { name, folder, state, document_id, error_message } = entry;
  const replace = (file: File) => {
    setProblem(null);
    replaceEntry(batchId, document_id ?? "", file).catch((error: unknown) => setProblem(asProblem(error)));
  };
  return (
    <li className="grid grid-cols-1 gap-0.5" data-entry={state}>
      <div className="flex items-baseline gap-2">
        <p className="min-w-0 flex-1 truncate" title={folder ? `${folder}/${name}` : name}>
          {document_id && state === "ready" ? (
            <Link className="hover:text-sea hover:underline" to={`/library/${document_id}`}>
              {name}
            </Link>
          ) : (
            name
          )}
        </p>
        <span className={state === "failed" ? "font-medium text-red" : "text-soft"}>
          {t(`states.${state}`)}
        </span>
      </div>
      {error_message && <p className={state === "failed" ? "text-red" : "text-soft"}>{error_message}</p>}
      {state === "failed" && document_id && (
        <Button
          size="small"
          className="justify-self-start"
          aria-label={t("replaceNamed", { name })}
          onClick={() => chooseFile("", replace)}
        >
          {t("replace")}
        </Button>
      )}
      {problem && <ProblemNote problem={problem} />}
    </li>
  );
}
