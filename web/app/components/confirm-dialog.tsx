import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type ApiProblem, asProblem } from "../api/problem.ts";
import { ProblemNote } from "./problem-note.tsx";
import { Button } from "./ui/button.tsx";
import { Dialog } from "./ui/dialog.tsx";

type Props = {
  title: string;
  effect: string;
  /** What the button does, in words. */
  act: string;
  onClose: () => void;
  onConfirm: () => Promise<void>;
};

/** Asks before something that can't be undone; it stays until it is done, and says why if it couldn't be. */
export function ConfirmDialog({ title, effect, act, onClose, onConfirm }: Props) {
  const { t } = useTranslation();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const confirm = () => {
    setBusy(true);
    onConfirm().then(onClose, (error: unknown) => {
      setBusy(false);
      setProblem(asProblem(error));
    });
  };
  return (
    <Dialog open onOpenChange={onClose} title={title} description={effect} isAlert>
      {problem && <ProblemNote problem={problem} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{t("cancel")}</Button>
        <Button look="danger" disabled={isBusy} onClick={confirm}>
          {act}
        </Button>
      </div>
    </Dialog>
  );
}
