import { lazy, type ReactNode, Suspense, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DocumentPage, LibraryDocument } from "../api/shapes.ts";
import { ProblemNote } from "../components/problem-note.tsx";
import { Button } from "../components/ui/button.tsx";
import { Skeleton } from "../components/ui/skeleton.tsx";
import type { Place } from "./place.ts";
import { SheetSkeleton } from "./sheet-skeleton.tsx";
import type { SourceControl } from "./source-panel.tsx";
import { locate } from "./text/page-lines.ts";
import { PageText } from "./text/page-text.tsx";
import { type Loaded, useLoaded } from "./use-loaded.ts";
import { ZoomControl } from "./zoom-control.tsx";

const PdfPage = lazy(() => import("./pdf/pdf-page.tsx").then((module) => ({ default: module.PdfPage })));

type Props = {
  source: SourceControl;
  place: Place;
  file: Loaded<LibraryDocument>;
  onRetry: () => void;
};

/** Why a page is shown as text although it could be drawn. */
type Fallback = "notPlaced" | "notDrawn" | "earlierText";

/** One page: drawn where its file can be, else as the text that Ancre reads, the quote marked in both. */
export function SourcePage({ source, place, file, onRetry }: Props) {
  const { t } = useTranslation("source");
  const version = place.version ?? (file.status === "ready" ? file.value.published_version : null);
  const suffix = version === null ? "" : `?version=${version}`;
  const { state, retry } = useLoaded<DocumentPage>(
    `/documents/${place.documentId}/pages/${place.page}${suffix}`,
  );
  const failed = [file, state].find((part) => part.status === "failed");
  if (failed?.status === "failed") {
    const again = () => {
      onRetry();
      retry();
    };
    return (
      <Body>
        <ProblemNote
          problem={failed.problem}
          {...(failed.problem.code === "not_found" ? {} : { onRetry: again })}
        />
        {source.anchor && (
          <>
            <p className="text-sm text-soft">{t("quoteOnly")}</p>
            <blockquote dir="auto" className="border-l-2 border-brass-line pl-4 font-serif text-[1.0625rem]">
              {source.anchor.quote}
            </blockquote>
          </>
        )}
      </Body>
    );
  }
  if (file.status !== "ready" || state.status !== "ready") {
    return (
      <Body>
        <PageSkeleton label={t("loading", { ns: "everywhere" })} />
      </Body>
    );
  }
  return (
    <LoadedPage
      // What was found out about drawing one page holds for that page alone.
      key={`${place.documentId}-${state.value.version}-${place.page}`}
      document={file.value}
      page={state.value}
      place={place}
      excerpt={source.anchor?.kind === "source" ? source.anchor.quote : null}
    />
  );
}

function LoadedPage({
  document,
  page,
  place,
  excerpt,
}: {
  document: LibraryDocument;
  page: DocumentPage;
  place: Place;
  excerpt: string | null;
}) {
  const { t } = useTranslation("source");
  const isCurrent = page.version === (document.published_version ?? document.version);
  // What kind of file an earlier version was is known once it is opened.
  const isPdf = isCurrent ? document.media_type === "application/pdf" : page.kind === "page";
  const [view, setView] = useState<"page" | "text">("page");
  const [fallback, setFallback] = useState<Fallback | null>(null);
  const [zoom, setZoom] = useState(1);
  const span = useMemo(
    () => place.span ?? (excerpt === null ? null : locate(page.text, excerpt)),
    [place.span, excerpt, page.text],
  );
  const fail = (why: Fallback) => setFallback(why === "notDrawn" && !isCurrent ? "earlierText" : why);
  const isDrawn = isPdf && view === "page" && fallback === null;
  const label = page.kind === "section" ? page.label : null;
  return (
    <Body>
      {isPdf && fallback === null && (
        <div className="flex flex-wrap items-center justify-center gap-x-4 gap-y-1">
          <fieldset className="flex gap-1 rounded-lg bg-line p-0.5">
            <legend className="sr-only">{t("view")}</legend>
            {(["page", "text"] as const).map((name) => (
              <Button
                key={name}
                look={view === name ? "outline" : "quiet"}
                size="small"
                className={view === name ? "border-transparent" : ""}
                aria-pressed={view === name}
                onClick={() => setView(name)}
              >
                {t(name === "page" ? "asPage" : "asText")}
              </Button>
            ))}
          </fieldset>
          {isDrawn && <ZoomControl zoom={zoom} onZoom={setZoom} />}
        </div>
      )}
      {isDrawn && !isCurrent && <p className="text-sm text-soft">{t("earlierFile")}</p>}
      {isPdf && fallback && <p className="text-sm text-soft">{t(fallback)}</p>}
      {excerpt !== null && !span && <p className="text-sm text-soft">{t("notLocated")}</p>}
      {label && <p className="text-sm font-medium text-soft">{label}</p>}
      {isDrawn ? (
        <Suspense fallback={<SheetSkeleton label={t("loadingFile")} />}>
          <div tabIndex={zoom > 1 ? 0 : undefined} className="relative shrink-0 overflow-x-auto">
            <PdfPage document={document} page={page} span={span} zoom={zoom} onFail={fail} />
          </div>
        </Suspense>
      ) : (
        <PageText page={page} span={span} />
      )}
    </Body>
  );
}

function Body({ children }: { children: ReactNode }) {
  const { t } = useTranslation("source");
  return (
    <section
      aria-label={t("source")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto p-4"
      data-source-body
    >
      {children}
    </section>
  );
}

function PageSkeleton({ label }: { label: string }) {
  return (
    <div className="grid gap-3" role="status" aria-label={label}>
      {["w-1/2", "w-full", "w-11/12", "w-4/5", "w-10/12", "w-2/3"].map((width) => (
        <Skeleton key={width} className={width} />
      ))}
    </div>
  );
}
