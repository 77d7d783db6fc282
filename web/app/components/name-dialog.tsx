import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type ApiProblem, asProblem } from "../api/problem.ts";
import { ProblemNote } from "./problem-note.tsx";
import { Button } from "./ui/button.tsx";
import { Dialog } from "./ui/dialog.tsx";

/** Characters the API takes in a name or a title. */
const MAX_NAME_CHARACTERS = 120;

type Props = {
  title: string;
  /** What is named, as the field's label. */
  field: string;
  /** What the button does, in words. */
  act: string;
  name?: string;
  onClose: () => void;
  onSave: (name: string) => Promise<void>;
};

/** Asks for the name of something, new or as it is; it stays until the name is saved, and says why if it couldn't be. */
export function NameDialog({ title, field, act, name = "", onClose, onSave }: Props) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(name);
  const [isSaving, setSaving] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const wanted = draft.trim();
  const save = () => {
    if (wanted === "" || isSaving) return;
    setSaving(true);
    onSave(wanted).then(onClose, (error: unknown) => {
      setSaving(false);
      setProblem(asProblem(error));
    });
  };
  return (
    <Dialog open onOpenChange={onClose} title={title}>
      <form
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <input
          aria-label={field}
          value={draft}
          maxLength={MAX_NAME_CHARACTERS}
          onFocus={({ currentTarget }) => currentTarget.select()}
          onChange={({ currentTarget }) => setDraft(currentTarget.value)}
          className="min-h-11 rounded-lg border border-control bg-surface px-3 outline-none focus:border-sea"
        />
        {problem && <ProblemNote problem={problem} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" look="primary" disabled={wanted === "" || isSaving}>
            {act}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
