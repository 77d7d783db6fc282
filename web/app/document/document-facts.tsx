import { useTranslation } from "react-i18next";
import { isUnderway } from "../api/follow.ts";
import type { LibraryDocument } from "../api/shapes.ts";
import { Button } from "../components/ui/button.tsx";
import { useQuantities } from "../i18n/use-quantities.ts";
import { canRetry } from "../library/can-retry.ts";
import { DocumentState } from "../library/table/document-state.tsx";
import { typeName } from "../library/types.ts";

const PDF = "application/pdf";

type Acts = Record<"retry" | "replace", (document: LibraryDocument) => void>;
type Props = { document: LibraryDocument; shown: number; acts: Acts; onCurrent: () => void };

/** Under the title: what it is, where it stands, and what is wrong with it. */
export function DocumentFacts({ document, shown, acts, onCurrent }: Props) {
  const { t } = useTranslation("document");
  const library = useTranslation("library");
  const { bytes, date } = useQuantities();
  const {
    filename: name,
    media_type,
    pages_total,
    size_bytes,
    created_at,
    status,
    folder,
    source_url,
  } = document;
  const pagesOf = (count: number | null) => {
    if (count === null || !(media_type === PDF || media_type.endsWith("presentation"))) return [];
    return [t(media_type === PDF ? "pages" : "slides", { ns: "everywhere", count })];
  };
  const current = document.published_version ?? document.version;
  const facts = [
    library.t(`types.${typeName(media_type)}`),
    ...pagesOf(pages_total),
    bytes(size_bytes),
    `${t("added")} ${date(created_at)}`,
    ...(folder === "" ? [] : [folder]),
  ];
  return (
    <div className="grid gap-1.5 px-4 py-2.5 text-sm sm:px-6" data-status={status}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className={isUnderway(document) ? "w-32" : ""}>
          <DocumentState document={document} />
        </span>
        <span className="text-soft">{facts.join(" · ")}</span>
        {source_url && (
          <span className="max-w-full truncate text-soft" title={source_url}>
            {t("origin")} {source_url}
          </span>
        )}
      </div>
      {document.error_message && (
        <div className="flex flex-wrap items-center gap-3">
          <p className={status === "failed" ? "text-red" : "text-amber"}>{document.error_message}</p>
          {canRetry(document) && (
            <Button size="small" onClick={() => acts.retry(document)}>
              {library.t(status === "ready" ? "retryUpdate" : "retry")}
            </Button>
          )}
          <Button
            size="small"
            aria-label={library.t("replaceNamed", { name })}
            onClick={() => acts.replace(document)}
          >
            {library.t("replaceShort")}
          </Button>
        </div>
      )}
      {isUnderway(document) && document.published_version !== null && (
        <p className="text-soft">{t("updating")}</p>
      )}
      {shown !== current && (
        <p className="flex flex-wrap items-center gap-2 text-amber">
          {t("looking", { number: shown })}
          <Button size="small" onClick={onCurrent}>
            {t("lookCurrent")}
          </Button>
        </p>
      )}
    </div>
  );
}
