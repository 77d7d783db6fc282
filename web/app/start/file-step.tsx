import { cx } from "class-variance-authority";
import { BookOpenText, FilePlus2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/ui/button.tsx";

const ACCEPTED = ".pdf,.docx,.pptx,.html,.htm,.md,.markdown,.txt";

type Props = { isDragging: boolean; onFiles: (files: File[]) => void; onSample: () => void };

/** Where the first file is chosen or dropped, or our own taken. */
export function FileStep({ isDragging, onFiles, onSample }: Props) {
  const { t } = useTranslation("start");
  return (
    <div className="grid gap-3">
      <label
        className={cx(
          "grid cursor-pointer justify-items-center gap-1 rounded-2xl border border-dashed px-6 py-8 text-center text-sm text-soft transition-colors focus-within:border-sea focus-within:outline-2 focus-within:outline-sea hover:border-sea hover:bg-sea-wash",
          isDragging ? "border-sea bg-sea-wash" : "border-control",
        )}
      >
        <input
          type="file"
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
          {isDragging ? t("dropNow") : t("choose")}
        </span>
        <span>{t("dropHint")}</span>
        <span className="text-[0.8125rem]">{t("formats")}</span>
      </label>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button onClick={onSample}>
          <BookOpenText aria-hidden="true" />
          {t("trySample")}
        </Button>
        <p className="text-sm text-soft">{t("sampleHint")}</p>
      </div>
    </div>
  );
}
