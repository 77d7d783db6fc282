import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type ApiProblem, asProblem } from "../../api/problem.ts";
import type { Deletion } from "../../api/shapes.ts";
import { ProblemNote } from "../../components/problem-note.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Dialog } from "../../components/ui/dialog.tsx";
import type { BulkFailure, BulkProgress as Far } from "../bulk.ts";
import { BulkFailures } from "../bulk-failures.tsx";
import { BulkProgress } from "../bulk-progress.tsx";
import { ReceiptView } from "./receipt-view.tsx";

/** Receipts of what was deleted, and what couldn't be. */
export type Deleted = { deletions: Deletion[]; failed: BulkFailure[] };

type Props = {
  title: string;
  effect: string;
  /** What is to be typed before anything is deleted. */
  word: string;
  /** What the button does, in words. */
  act: string;
  /** Throws `ApiProblem` when nothing was deleted. */
  onConfirm: (tell: (far: Far) => void) => Promise<Deleted>;
  onClose: () => void;
};

/** Asks before something is deleted for good, by its name; then shows what is removed, until it is proved. */
export function DeleteDialog({ title, effect, word, act, onConfirm, onClose }: Props) {
  const { t } = useTranslation("library");
  const [typed, setTyped] = useState("");
  const [progress, setProgress] = useState<Far | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [deleted, setDeleted] = useState<Deleted | null>(null);
  const isMeant = typed.trim().toLocaleLowerCase() === word.trim().toLocaleLowerCase();
  const confirm = () => {
    if (!isMeant || progress) return;
    setProblem(null);
    setProgress({ done: 0, total: 1, heldUp: null });
    onConfirm(setProgress).then(setDeleted, (error: unknown) => {
      setProgress(null);
      setProblem(asProblem(error));
    });
  };
  if (deleted) {
    return (
      <Dialog open onOpenChange={onClose} title={t("receiptTitle")}>
        <BulkFailures failed={deleted.failed} />
        <ReceiptView deletions={deleted.deletions} />
        <div className="flex justify-end">
          <Button onClick={onClose}>{t("close", { ns: "everywhere" })}</Button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog open onOpenChange={onClose} title={title} description={effect} isAlert>
      <form
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          confirm();
        }}
      >
        <label className="grid gap-1.5 text-sm">
          <span className="break-words">
            {t("typeToConfirm", { word: "" })}
            <strong className="select-all">{word}</strong>
          </span>
          <input
            value={typed}
            autoComplete="off"
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
            className="min-h-11 rounded-lg border border-control bg-surface px-3 text-base outline-none focus:border-sea"
          />
        </label>
        {progress && (progress.total > 1 || progress.heldUp) && (
          <div className="grid gap-1.5 text-sm text-soft">
            <BulkProgress far={progress} words={(counts) => t("removing", counts)} />
          </div>
        )}
        {problem && <ProblemNote problem={problem} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t("cancel", { ns: "everywhere" })}</Button>
          <Button type="submit" look="danger" disabled={!isMeant || progress !== null}>
            {act}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
