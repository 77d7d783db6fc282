import { RefreshCw, RotateCcw, Trash2, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { readJson } from "../api/client.ts";
import type { LibraryDocument } from "../api/shapes.ts";
import { ProblemNote } from "../components/problem-note.tsx";
import { Progress } from "../components/progress.tsx";
import { Button, IconButton } from "../components/ui/button.tsx";
import { type BulkOutcome, forEachDocument } from "./bulk.ts";
import { canRetry } from "./can-retry.ts";
import type { Selection } from "./table/use-selection.ts";

type Props = {
  selection: Selection;
  hasMore: boolean;
  /** Loads what is left of the list and selects all of it. Throws `ApiProblem`. */
  onSelectMatching: () => Promise<void>;
  onChanged: (documents: LibraryDocument[]) => void;
  onRemove: (documents: LibraryDocument[]) => void;
  onSay: (words: string) => void;
};

type Act = "retry" | "reindex";

/** What can be done with the selected documents at once, and how far it is. */
export function BulkBar({ selection, hasMore, onSelectMatching, onChanged, onRemove, onSay }: Props) {
  const { t } = useTranslation("library");
  const [progress, setProgress] = useState<{ done: number; total: number } | null>(null);
  const [failed, setFailed] = useState<BulkOutcome<unknown>["failed"]>([]);
  const [isSelecting, setSelecting] = useState(false);
  const { selected } = selection;
  const retriable = selected.filter(canRetry);
  const isBusy = progress !== null || isSelecting;

  async function run(act: Act, documents: LibraryDocument[]): Promise<void> {
    setFailed([]);
    setProgress({ done: 0, total: documents.length });
    const outcome = await forEachDocument(
      documents,
      ({ id }) => readJson<LibraryDocument>(`/documents/${id}/${act}`, { method: "POST" }),
      (done, total) => setProgress({ done, total }),
    );
    setProgress(null);
    setFailed(outcome.failed);
    onChanged(outcome.done);
    onSay(t(act === "retry" ? "bulkRetried" : "bulkReindexed", { count: outcome.done.length }));
    if (outcome.failed.length === 0) selection.clear();
  }

  const [first] = failed;
  return (
    <div className="grid shrink-0 gap-2 border-y border-line bg-sea-wash px-4 py-1.5 sm:px-6" data-bulk>
      <div className="flex flex-wrap items-center gap-2">
        <IconButton label={t("clearSelection")} onClick={selection.clear}>
          <X aria-hidden="true" />
        </IconButton>
        <p className="font-medium">{t("selected", { count: selected.length })}</p>
        {selection.state === "all" && hasMore && (
          <Button
            size="small"
            look="quiet"
            disabled={isBusy}
            onClick={() => {
              setSelecting(true);
              // What couldn't be loaded isn't selected, and can be asked for again.
              onSelectMatching()
                .catch(() => undefined)
                .finally(() => setSelecting(false));
            }}
          >
            {isSelecting ? t("selecting") : t("selectMatching")}
          </Button>
        )}
        {progress && (
          <span className="flex items-center gap-2 text-sm text-soft" role="status">
            {t("bulkProgress", progress)}
            <span className="w-24">
              <Progress label={t("bulkProgress", progress)} value={progress.done} max={progress.total} />
            </span>
          </span>
        )}
        <span className="flex flex-wrap gap-2 sm:ml-auto">
          {retriable.length > 0 && (
            <Button size="small" disabled={isBusy} onClick={() => run("retry", retriable)}>
              <RotateCcw aria-hidden="true" />
              {t("bulkRetry", { count: retriable.length })}
            </Button>
          )}
          <Button size="small" disabled={isBusy} onClick={() => run("reindex", selected)}>
            <RefreshCw aria-hidden="true" />
            {t("bulkReindex")}
          </Button>
          <Button size="small" look="danger" disabled={isBusy} onClick={() => onRemove(selected)}>
            <Trash2 aria-hidden="true" />
            {t("bulkDelete")}
          </Button>
        </span>
      </div>
      {first && <ProblemNote problem={first.problem} title={t("bulkFailed", { count: failed.length })} />}
    </div>
  );
}
