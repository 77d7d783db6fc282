import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type ApiProblem, asProblem } from "../../api/problem.ts";
import { ProblemNote } from "../../components/problem-note.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Dialog } from "../../components/ui/dialog.tsx";

/** Characters the API takes in a title. */
const MAX_TITLE_CHARACTERS = 120;

type Props = { title: string; onClose: () => void; onRename: (title: string) => Promise<void> };

export function RenameDialog({ title, onClose, onRename }: Props) {
  const { t } = useTranslation("ask");
  const [draft, setDraft] = useState(title);
  const [isSaving, setSaving] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const wanted = draft.trim();
  const save = () => {
    if (wanted === "" || isSaving) return;
    setSaving(true);
    onRename(wanted).then(onClose, (error: unknown) => {
      setSaving(false);
      setProblem(asProblem(error));
    });
  };
  return (
    <Dialog open onOpenChange={onClose} title={t("renameTitle")}>
      <form
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <input
          aria-label={t("titleField")}
          value={draft}
          maxLength={MAX_TITLE_CHARACTERS}
          onFocus={({ currentTarget }) => currentTarget.select()}
          onChange={({ currentTarget }) => setDraft(currentTarget.value)}
          className="min-h-11 rounded-lg border border-control bg-surface px-3 outline-none focus:border-sea"
        />
        {problem && <ProblemNote problem={problem} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t("cancel", { ns: "everywhere" })}</Button>
          <Button type="submit" look="primary" disabled={wanted === "" || isSaving}>
            {t("save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
