import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { type ApiProblem, asProblem } from "../api/problem.ts";
import { ProblemNote } from "../components/problem-note.tsx";
import { Button } from "../components/ui/button.tsx";
import { Dialog } from "../components/ui/dialog.tsx";
import { Field, INPUT } from "../components/ui/field.tsx";

type Props = {
  title: string;
  /** The name that confirms it. */
  name: string;
  effect: ReactNode;
  /** What the button does, in words. */
  act: string;
  onClose: () => void;
  onDelete: () => Promise<void>;
};

/** Asks for a name before what can't be undone; it stays until it is done, and says why if it couldn't be. */
export function DeleteDialog({ title, name, effect, act, onClose, onDelete }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const isConfirmed = typed.trim() === name.trim();
  const remove = () => {
    if (!isConfirmed || isBusy) return;
    setBusy(true);
    onDelete().then(onClose, (error: unknown) => {
      setBusy(false);
      setProblem(asProblem(error));
    });
  };
  return (
    <Dialog open onOpenChange={onClose} title={title} isAlert>
      <form
        className="grid grid-cols-1 gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          remove();
        }}
      >
        <div className="grid gap-2 text-soft">{effect}</div>
        <Field label={t("type", { ns: "deletion", name })}>
          {(parts) => (
            <input
              {...parts}
              className={INPUT}
              value={typed}
              autoComplete="off"
              spellCheck={false}
              onChange={({ currentTarget }) => setTyped(currentTarget.value)}
            />
          )}
        </Field>
        {problem && <ProblemNote problem={problem} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" look="danger" disabled={!isConfirmed || isBusy}>
            {act}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
