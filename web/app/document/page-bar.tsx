import { ChevronLeft, ChevronRight } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../components/ui/button.tsx";

type Props = { page: number; total: number; onPage: (page: number) => void };

/** From page to page, or to any by its number. */
export function PageBar({ page, total, onPage }: Props) {
  const { t } = useTranslation("document");
  const [draft, setDraft] = useState(String(page));
  useEffect(() => setDraft(String(page)), [page]);
  const go = () => {
    const wanted = Math.round(Number(draft));
    if (wanted >= 1 && wanted <= total) onPage(wanted);
    else setDraft(String(page));
  };
  return (
    <form
      className="flex items-center gap-1 text-sm text-soft"
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      <IconButton label={t("previous")} disabled={page <= 1} onClick={() => onPage(page - 1)}>
        <ChevronLeft aria-hidden="true" />
      </IconButton>
      <input
        inputMode="numeric"
        aria-label={t("goTo")}
        value={draft}
        onChange={({ currentTarget }) => setDraft(currentTarget.value)}
        onBlur={go}
        className="min-h-9 w-14 rounded-lg border border-control bg-surface text-center text-ink outline-none focus:border-sea pointer-coarse:min-h-11"
      />
      <span>{t("ofTotal", { total })}</span>
      <IconButton label={t("next")} disabled={page >= total} onClick={() => onPage(page + 1)}>
        <ChevronRight aria-hidden="true" />
      </IconButton>
    </form>
  );
}
