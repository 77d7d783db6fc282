import { useTranslation } from "react-i18next";
import { isUnderway } from "../../api/follow.ts";
import type { LibraryDocument } from "../../api/shapes.ts";
import { Progress } from "../../components/progress.tsx";
import { useQuantities } from "../../i18n/use-quantities.ts";

/** Where a document stands, with how far it is while it is being read. */
export function DocumentState({ document }: { document: LibraryDocument }) {
  const { t } = useTranslation("library");
  const label = useStateWords()(document);
  if (isUnderway(document)) {
    const { value, max } = progressOf(document);
    return (
      <span className="grid min-w-0 gap-1 text-sm text-soft">
        <span className="truncate">{label}</span>
        {document.status === "processing" && (
          <Progress label={document.filename} value={value} max={max} isWide />
        )}
      </span>
    );
  }
  if (document.status === "failed") return <span className="text-sm font-medium text-red">{label}</span>;
  return (
    <span className="text-sm text-soft">
      {document.error_code ? <span className="text-amber">{t("updateFailed")}</span> : label}
    </span>
  );
}

/** A document's state in a few words: "Page 3 of 12". */
export function useStateWords(): (document: LibraryDocument) => string {
  const { t } = useTranslation("library");
  const { percent } = useQuantities();
  return ({ status, pages_done, pages_total, chunks_done, chunks_total }) => {
    if (status === "failed") return t("failed");
    if (status === "ready") return t("ready");
    if (status === "queued") return t("queued");
    if (pages_total === null) return t("opening");
    if (pages_done < pages_total || chunks_total === null) {
      return t("reading", { done: Math.min(pages_done + 1, pages_total), total: pages_total });
    }
    return t("indexing", { share: percent(chunks_done / Math.max(1, chunks_total)) });
  };
}

function progressOf({ pages_done, pages_total, chunks_done, chunks_total }: LibraryDocument) {
  const isRead = pages_total !== null && pages_done >= pages_total && chunks_total !== null;
  if (isRead) return { value: chunks_done, max: Math.max(1, chunks_total) };
  return { value: pages_done, max: Math.max(1, pages_total ?? 1) };
}
