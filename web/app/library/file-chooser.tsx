import { cx } from "class-variance-authority";
import { FilePlus2 } from "lucide-react";
import { useTranslation } from "react-i18next";

const ACCEPTED = ".pdf,.docx,.pptx,.html,.htm,.md,.markdown,.txt";

/** Where files are chosen, or dropped. */
export function FileChooser({
  onFiles,
  isDragging,
}: {
  onFiles: (files: File[]) => void;
  isDragging: boolean;
}) {
  const { t } = useTranslation("library");
  return (
    <label
      className={cx(
        "grid cursor-pointer justify-items-center gap-1 rounded-2xl border border-dashed p-6 text-center text-sm text-soft transition-colors focus-within:border-sea focus-within:outline-2 focus-within:outline-sea hover:border-sea hover:bg-sea-wash",
        isDragging ? "border-sea bg-sea-wash" : "border-control",
      )}
    >
      <input
        type="file"
        multiple
        accept={ACCEPTED}
        className="sr-only"
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          // The same file chosen again must count as a change.
          currentTarget.value = "";
        }}
      />
      <span className="flex items-center gap-2 text-base font-medium text-sea">
        <FilePlus2 className="size-5" aria-hidden="true" />
        {isDragging ? t("dropNow") : t("chooseFiles")}
      </span>
      <span>{t("dropHint")}</span>
      <span className="text-[0.8125rem]">{t("formats")}</span>
    </label>
  );
}
