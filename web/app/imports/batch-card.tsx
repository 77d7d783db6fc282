import { cx } from "class-variance-authority";
import { ChevronDown, FileArchive, Files, Globe, X } from "lucide-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { type ApiProblem, asProblem } from "../api/problem.ts";
import { ProblemNote } from "../components/problem-note.tsx";
import { Progress } from "../components/progress.tsx";
import { Button, IconButton } from "../components/ui/button.tsx";
import type { Batch } from "./batch.ts";
import { BatchEntries } from "./batch-entries.tsx";
import { BatchNotices } from "./batch-notices.tsx";
import { cancelBatch, retryBatch } from "./run-imports.ts";
import { tallyBatch } from "./tally.ts";
import { useBatchName, useTallyWords } from "./use-tally-words.ts";

const ICONS = { files: Files, archive: FileArchive, addresses: Globe, site: Globe };

type Props = { batch: Batch; onLook: () => void; onDismiss: () => void };

/** One import: how far it is, what can be done about it, and its files. */
export function BatchCard({ batch, onLook, onDismiss }: Props) {
  const { t } = useTranslation("imports");
  const name = useBatchName()(batch);
  const words = useTallyWords();
  const tally = tallyBatch(batch);
  const [isOpen, setOpen] = useState(false);
  const [isRetried, setRetried] = useState(false);
  const { problem, isBusy, act } = useAct();
  const id = useId();
  const Icon = ICONS[batch.kind];
  const hasFiles = batch.imports.length + batch.refused.length > 0;
  const share = batch.archive
    ? { value: batch.archive.partsSent, max: Math.max(1, batch.archive.partsTotal) }
    : { value: tally.done, max: Math.max(1, tally.total ?? 0) };
  return (
    <li className="grid grid-cols-1 gap-2 p-4" data-import={tally.isOver ? "over" : "open"}>
      <div className="flex items-start gap-3">
        <Icon className="mt-0.5 size-5 shrink-0 text-soft" aria-hidden="true" />
        <div className="grid min-w-0 flex-1 grid-cols-1 gap-1">
          <p className="truncate font-medium" title={name}>
            {name}
          </p>
          <p className={cx("text-sm", tally.failed > 0 && tally.isOver ? "text-red" : "text-soft")}>
            {words(batch, tally)}
          </p>
          {!tally.isOver && (
            <Progress
              label={name}
              isWide
              {...(tally.total === null && !batch.archive ? {} : { value: share.value })}
              max={share.max}
            />
          )}
        </div>
        {tally.isOver && !batch.archive && (
          <IconButton label={t("dismissNamed", { name })} onClick={onDismiss}>
            <X aria-hidden="true" />
          </IconButton>
        )}
      </div>
      <BatchNotices batch={batch} />
      {problem && <ProblemNote problem={problem} />}
      {isRetried && tally.isOver && <p className="text-sm text-soft">{t("noRetry")}</p>}
      <div className="flex flex-wrap items-center gap-2">
        {hasFiles && (
          <Button
            size="small"
            look="quiet"
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={() => {
              setOpen(!isOpen);
              onLook();
            }}
          >
            <ChevronDown aria-hidden="true" className={cx("transition-transform", isOpen && "rotate-180")} />
            {t("details")}
          </Button>
        )}
        {tally.isOver && tally.failed > batch.refused.length && !isRetried && (
          <Button
            size="small"
            disabled={isBusy}
            onClick={() => act(async () => setRetried(!(await retryBatch(batch.id))))}
          >
            {t("retry")}
          </Button>
        )}
        {(!tally.isOver || batch.archive) && (
          <Button size="small" disabled={isBusy} onClick={() => act(() => cancelBatch(batch.id))}>
            {t("cancel")}
          </Button>
        )}
      </div>
      <div id={id}>{isOpen && <BatchEntries batch={batch} hasFailed={tally.failed > 0} />}</div>
    </li>
  );
}

/** Does one thing at a time, and keeps what went wrong with it. */
function useAct() {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const act = (what: () => Promise<void>) => {
    setBusy(true);
    setProblem(null);
    what()
      .catch((error: unknown) => setProblem(asProblem(error)))
      .finally(() => setBusy(false));
  };
  return { isBusy, problem, act };
}
