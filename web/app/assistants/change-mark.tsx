import { Undo2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/ui/button.tsx";
import type { FieldName } from "./draft.ts";
import type { Editor } from "./use-editor.ts";

type Props = { editor: Editor; field: FieldName; label: string };

/** Says of a field that it isn't saved as it stands, and puts it back. */
export function ChangeMark({ editor, field, label }: Props) {
  const { t } = useTranslation("assistants");
  // Of a new assistant everything is unsaved.
  if (!editor.id || !editor.changed.includes(field)) return null;
  return (
    <span className="ms-auto flex items-center gap-1" data-changed={field}>
      <span className="rounded-full bg-sea-wash px-2 text-xs font-medium text-sea">{t("changed")}</span>
      <Button
        look="quiet"
        size="small"
        aria-label={t("undoField", { field: label })}
        onClick={() => editor.undo(field)}
      >
        <Undo2 aria-hidden="true" />
        {t("undo")}
      </Button>
    </span>
  );
}
