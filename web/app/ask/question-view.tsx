import { ChevronLeft, ChevronRight, Pencil } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../components/ui/button.tsx";
import { MAX_QUESTION_CHARACTERS } from "./composer.tsx";

type Props = {
  question: string;
  version: { index: number; total: number };
  onVersion: (index: number) => void;
  /** Null where it can't be changed any more. */
  onEdit: ((question: string) => void) | null;
};

/** What was asked; the last question can be put differently, its earlier versions stay at hand. */
export function QuestionView({ question, version, onVersion, onEdit }: Props) {
  const { t } = useTranslation("ask");
  const [isEditing, setEditing] = useState(false);
  if (isEditing && onEdit) {
    return (
      <QuestionEditor
        question={question}
        onCancel={() => setEditing(false)}
        onSend={(changed) => {
          setEditing(false);
          onEdit(changed);
        }}
      />
    );
  }
  const { index, total } = version;
  return (
    <div className="group flex items-start gap-2">
      <h2
        className="min-w-0 flex-1 text-xl leading-snug font-semibold break-words whitespace-pre-wrap"
        dir="auto"
      >
        <span className="sr-only">{t("yourQuestion")} </span>
        {question}
      </h2>
      <div className="flex shrink-0 items-center" data-screen>
        {total > 1 && (
          <>
            <IconButton
              label={t("previousVersion")}
              disabled={index === 0}
              onClick={() => onVersion(index - 1)}
            >
              <ChevronLeft aria-hidden="true" />
            </IconButton>
            <span className="text-sm text-soft">
              <span className="sr-only">{t("version", { index: index + 1, total })}</span>
              <span aria-hidden="true">
                {index + 1}/{total}
              </span>
            </span>
            <IconButton
              label={t("nextVersion")}
              disabled={index === total - 1}
              onClick={() => onVersion(index + 1)}
            >
              <ChevronRight aria-hidden="true" />
            </IconButton>
          </>
        )}
        {onEdit && (
          <IconButton label={t("edit")} onClick={() => setEditing(true)}>
            <Pencil aria-hidden="true" />
          </IconButton>
        )}
      </div>
    </div>
  );
}

type EditorProps = { question: string; onCancel: () => void; onSend: (question: string) => void };

function QuestionEditor({ question, onCancel, onSend }: EditorProps) {
  const { t } = useTranslation("ask");
  const [draft, setDraft] = useState(question);
  const changed = draft.trim();
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.preventDefault();
      onCancel();
    }
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (changed !== "") onSend(changed);
  };
  return (
    <form
      className="grid gap-2 rounded-xl border border-control p-3 focus-within:border-sea"
      onSubmit={(event) => {
        event.preventDefault();
        if (changed !== "") onSend(changed);
      }}
    >
      <textarea
        aria-label={t("edit")}
        // biome-ignore lint/a11y/noAutofocus: it stands where the pressed button was
        autoFocus
        rows={2}
        maxLength={MAX_QUESTION_CHARACTERS}
        value={draft}
        onChange={({ currentTarget }) => setDraft(currentTarget.value)}
        onKeyDown={onKey}
        className="field-sizing-content max-h-60 w-full resize-none bg-transparent text-lg outline-none"
      />
      <div className="flex justify-end gap-2">
        <Button size="small" look="quiet" onClick={onCancel}>
          {t("cancel", { ns: "everywhere" })}
        </Button>
        <Button size="small" look="primary" type="submit" disabled={changed === ""}>
          {t("editSend")}
        </Button>
      </div>
    </form>
  );
}
