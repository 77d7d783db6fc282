import { ChevronLeft, ChevronRight, Download, Link2, X } from "lucide-react";
import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { LibraryDocument } from "../api/shapes.ts";
import { IconButton } from "../components/ui/button.tsx";
import { useCopy } from "../components/use-copy.ts";
import { DownloadProblem } from "./download-problem.tsx";
import { type Place, withPlace } from "./place.ts";
import type { SourceControl } from "./source-panel.tsx";
import { useDownload } from "./use-download.ts";

type Props = {
  source: SourceControl;
  place: Place;
  document: LibraryDocument | null;
  titleRef: RefObject<HTMLHeadingElement>;
};

/** Which document and page is on show, and the ways to other pages. */
export function PanelHead({ source, place, document, titleRef }: Props) {
  const { t } = useTranslation("source");
  const { copy, isCopied } = useCopy();
  const link = () =>
    new URL(`/library?${withPlace(new URLSearchParams(), place)}`, window.location.origin).href;
  const total = document?.pages_total ?? null;
  const file = useDownload(place);
  const current = document && (document.published_version ?? document.version);
  const isEarlier = place.version !== null && current !== null && place.version !== current;
  const copyLabel = isCopied ? t("linkCopied") : t("copyLink");
  return (
    <header className="grid shrink-0 grid-cols-1 gap-1 border-b border-line bg-surface py-2 pr-2 pl-4">
      <div className="flex items-center gap-1">
        <h2 ref={titleRef} tabIndex={-1} className="min-w-0 flex-1 truncate font-semibold">
          {source.anchor?.filename ?? document?.filename ?? t("source")}
        </h2>
        <IconButton label={copyLabel} onClick={() => void copy(link())}>
          <Link2 aria-hidden="true" />
        </IconButton>
        <IconButton
          label={t(isEarlier ? "downloadEarlier" : "download")}
          aria-busy={file.isBusy}
          disabled={file.isBusy}
          onClick={file.save}
        >
          <Download aria-hidden="true" />
        </IconButton>
        <IconButton label={t("close")} onClick={source.close}>
          <X aria-hidden="true" />
        </IconButton>
      </div>
      <div className="-ml-2 flex min-h-9 items-center gap-1 text-sm text-soft">
        <IconButton
          label={t("previousPage")}
          disabled={place.page <= 1}
          onClick={() => source.turnTo(place.page - 1)}
        >
          <ChevronLeft aria-hidden="true" />
        </IconButton>
        <p aria-live="polite">{useNumberWords(document)(place.page, total)}</p>
        <IconButton
          label={t("nextPage")}
          disabled={total === null || place.page >= total}
          onClick={() => source.turnTo(place.page + 1)}
        >
          <ChevronRight aria-hidden="true" />
        </IconButton>
        <span role="status" className="ml-auto pr-2">
          {isCopied && t("linkCopied")}
        </span>
      </div>
      <DownloadProblem of={file} />
    </header>
  );
}

/** "page 3 of 12", "slide 3 of 12" or "section 3 of 12", as the kind of file has it. */
function useNumberWords(document: LibraryDocument | null) {
  const { t } = useTranslation("source");
  return (number: number, total: number | null) => {
    if (!document) return " ";
    const kind = kindOf(document.media_type);
    return total === null ? t(kind, { number }) : t(`${kind}Of`, { number, total });
  };
}

function kindOf(mediaType: string): "page" | "slide" | "section" {
  if (mediaType === "application/pdf") return "page";
  return mediaType.endsWith("presentation") ? "slide" : "section";
}
