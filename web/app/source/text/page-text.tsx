import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { DocumentPage } from "../../api/shapes.ts";
import { cutPage, type Span } from "./page-lines.ts";

type Props = { page: DocumentPage; span: Span | null };

/** A page's canonical text with the cited words marked and brought into view. */
export function PageText({ page, span }: Props) {
  const { t } = useTranslation("source");
  const lines = useMemo(() => cutPage(page, span), [page, span]);
  const sheet = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other words of the same page come into view as well
  useEffect(() => {
    const marked = sheet.current?.querySelector("mark");
    if (marked) marked.scrollIntoView({ block: "center" });
    else sheet.current?.closest("[data-source-body]")?.scrollTo({ top: 0 });
  }, [lines]);
  if (page.text === "") return <p className="text-sm text-soft">{t("emptyPage")}</p>;
  return (
    <div className="page-text rounded-lg bg-paper p-5 shadow-float sm:p-7" ref={sheet} dir="auto">
      {lines.map(({ start, level, pieces }) => (
        <p key={start} className={level > 0 ? "font-semibold" : "min-h-[0.8em]"}>
          {pieces.map((piece) =>
            piece.marked ? (
              <mark key={piece.start}>{piece.text}</mark>
            ) : (
              <span key={piece.start}>{piece.text}</span>
            ),
          )}
        </p>
      ))}
    </div>
  );
}
