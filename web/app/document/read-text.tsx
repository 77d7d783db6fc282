import { Fragment, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { DocumentChunk, DocumentPage } from "../api/shapes.ts";
import { cutPage, type Span } from "../source/text/page-lines.ts";
import { PageText } from "../source/text/page-text.tsx";
import { cutByChunks } from "./cut-by-chunks.ts";

type Props = { page: DocumentPage; chunks: DocumentChunk[] | null; span: Span | null };

/** A page's canonical text; with its chunks, each framed and numbered, and what belongs to none set back. */
export function ReadText({ page, chunks, span }: Props) {
  const { t } = useTranslation("document");
  const parts = useMemo(() => (chunks ? cutByChunks(page, chunks) : []), [page, chunks]);
  if (!chunks || page.text === "") return <PageText page={page} span={span} />;
  return (
    <div className="page-text grid gap-2 rounded-lg bg-paper p-3 shadow-float sm:p-5" dir="auto" data-chunked>
      {parts.map(({ start, end, chunk }) => {
        const lines = cutPage({ text: page.text.slice(start, end), headings: [] }, null);
        const text = lines.map(({ start: at, pieces }) => (
          <p key={at} className="min-h-[0.8em]">
            {pieces.map((piece) => (
              <Fragment key={piece.start}>{piece.text}</Fragment>
            ))}
          </p>
        ));
        if (!chunk) {
          return (
            <div key={start} className="px-3 text-soft">
              {text}
            </div>
          );
        }
        const number = chunk.ordinal + 1;
        const path = chunk.heading_path.join(" › ");
        return (
          <section
            key={start}
            aria-label={t("chunk", { number })}
            className="rounded-md border border-line px-3 py-2"
            data-chunk={chunk.ordinal}
          >
            <p className="mb-1 truncate font-sans text-xs text-soft" title={path}>
              {path ? t("chunkUnder", { number, path }) : t("chunk", { number })}
            </p>
            {text}
          </section>
        );
      })}
    </div>
  );
}
