import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DocumentPage, LibraryDocument } from "../api/shapes.ts";
import { ProblemNote } from "../components/problem-note.tsx";
import { Skeleton } from "../components/ui/skeleton.tsx";
import { SheetSkeleton } from "../source/sheet-skeleton.tsx";
import type { Loaded } from "../source/use-loaded.ts";
import { ChunkedText } from "./chunked-text.tsx";

const PdfPage = lazy(() =>
  import("../source/pdf/pdf-page.tsx").then((module) => ({ default: module.PdfPage })),
);

type Props = {
  document: LibraryDocument;
  state: Loaded<DocumentPage>;
  isDrawn: boolean;
  /** Whether the file of the version on show is kept. */
  hasFile: boolean;
  /** No page of it has been read. */
  isUnread: boolean;
  onRetry: () => void;
};

/** A page as it looks, or as the text that Ancre reads. */
export function PageSheet({ document, state, isDrawn, hasFile, isUnread, onRetry }: Props) {
  const { t } = useTranslation("document");
  if (state.status === "failed") {
    if (state.problem.code === "not_found" && isUnread) {
      return (
        <div>
          <p className="font-medium">{t("nothingRead")}</p>
          <p className="text-soft">{t("nothingReadHint")}</p>
        </div>
      );
    }
    if (state.problem.code === "not_found") return <p className="text-soft">{t("noPage")}</p>;
    return <ProblemNote problem={state.problem} onRetry={onRetry} />;
  }
  if (state.status === "loading") return <TextSkeleton label={t("loading", { ns: "everywhere" })} />;
  const page = state.value;
  if (!isDrawn) return <ChunkedText documentId={document.id} page={page} />;
  if (!hasFile) return <InsteadOfPage words={t("fileGone")} documentId={document.id} page={page} />;
  return <Drawn key={`${page.version}-${page.number}`} document={document} page={page} />;
}

function Drawn({ document, page }: { document: LibraryDocument; page: DocumentPage }) {
  const { t } = useTranslation("document");
  const source = useTranslation("source");
  const [hasFailed, setFailed] = useState(false);
  if (hasFailed) return <InsteadOfPage words={t("notDrawn")} documentId={document.id} page={page} />;
  return (
    <Suspense fallback={<SheetSkeleton label={source.t("loadingFile")} />}>
      <PdfPage document={document} page={page} span={null} zoom={1} onFail={() => setFailed(true)} />
    </Suspense>
  );
}

type InsteadProps = { words: string; documentId: string; page: DocumentPage };

function InsteadOfPage({ words, documentId, page }: InsteadProps) {
  return (
    <>
      <p className="text-sm text-soft">{words}</p>
      <ChunkedText documentId={documentId} page={page} />
    </>
  );
}

function TextSkeleton({ label }: { label: string }) {
  return (
    <div className="grid gap-3" role="status" aria-label={label}>
      {["w-1/2", "w-full", "w-11/12", "w-4/5", "w-10/12", "w-2/3"].map((width) => (
        <Skeleton key={width} className={width} />
      ))}
    </div>
  );
}
