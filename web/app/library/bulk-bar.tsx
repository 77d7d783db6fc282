import { RefreshCw, RotateCcw, Trash2, X } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { readJson } from "../api/client.ts";
import type { LibraryDocument } from "../api/shapes.ts";
import { Button, IconButton } from "../components/ui/button.tsx";
import { type BulkFailure, type BulkProgress as Far, forEachDocument } from "./bulk.ts";
import { BulkFailures } from "./bulk-failures.tsx";
import { BulkProgress } from "./bulk-progress.tsx";
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
  const [far, setFar] = useState<Far | null>(null);
  const stop = useRef<AbortController | null>(null);
  const [failed, setFailed] = useState<BulkFailure[]>([]);
  const [isSelecting, setSelecting] = useState(false);
  const { selected } = selection;
  const retriable = selected.filter(canRetry);
  const isBusy = far !== null || isSelecting;

  async function run(act: Act, documents: LibraryDocument[]): Promise<void> {
    setFailed([]);
    setFar({ done: 0, total: documents.length, heldUp: null });
    stop.current = new AbortController();
    const outcome = await forEachDocument(
      documents,
      ({ id }) => readJson<LibraryDocument>(`/documents/${id}/${act}`, { method: "POST" }),
      setFar,
      stop.current.signal,
    );
    setFar(null);
    setFailed(outcome.failed);
    onChanged(outcome.done);
    onSay(t(act === "retry" ? "bulkRetried" : "bulkReindexed", { count: outcome.done.length }));
    // What is left to do something about.
    selection.selectThese([...outcome.failed.map(({ document }) => document), ...outcome.left]);
  }

  return (
    <div
      className="grid shrink-0 grid-cols-1 gap-2 border-y border-line bg-sea-wash px-4 py-1.5 sm:px-6"
      data-bulk
    >
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
        {far && (
          <>
            <span className="flex min-w-44 items-center gap-2 text-sm text-soft">
              <BulkProgress far={far} words={(counts) => t("bulkProgress", counts)} />
            </span>
            <Button size="small" look="quiet" onClick={() => stop.current?.abort()}>
              {t("bulkStop")}
            </Button>
          </>
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
      <BulkFailures failed={failed} />
    </div>
  );
}
