import { Link } from "@remix-run/react";
import { cx } from "class-variance-authority";
import { type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Collection } from "../api/shapes.ts";
import { ProblemNote } from "../components/problem-note.tsx";
import { Button } from "../components/ui/button.tsx";
import { PageHeader } from "../frame/page-header.tsx";
import { DocumentRow } from "./document-row.tsx";
import { FileChooser } from "./file-chooser.tsx";
import type { LibraryData } from "./load-library.ts";
import { UploadRow } from "./upload-row.tsx";
import { useFileDrop } from "./use-file-drop.ts";
import { useLibrary } from "./use-library.ts";

/** The collections, and the documents of the one on show. */
export function LibraryScreen({ data: { collections, collection, documents: page } }: { data: LibraryData }) {
  const { t } = useTranslation("library");
  const library = useLibrary(collection, page);
  const { documents, uploads } = library;
  const isEmpty = documents.length + uploads.length === 0;
  const isDragging = useFileDrop(library.add);
  const heading = useRef<HTMLHeadingElement>(null);
  const focusHeading = () => heading.current?.focus();
  return (
    <main id="content" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col">
      <PageHeader title={t("title")} />
      <div className="flex min-h-0 flex-1 max-md:flex-col max-md:overflow-y-auto">
        {collections.length > 1 && <CollectionList collections={collections} chosen={collection} />}
        <Scroll>
          <header className="flex flex-wrap items-baseline gap-x-3">
            <h2 ref={heading} tabIndex={-1} className="text-xl font-semibold">
              {collection?.name ?? t("documents")}
            </h2>
            {collection && !isEmpty && (
              <p className="text-sm text-soft">
                {t("documents", {
                  ns: "everywhere",
                  count: Math.max(collection.documents_count, documents.length),
                })}
              </p>
            )}
          </header>
          {isEmpty && (
            <div>
              <p className="font-medium">{t("emptyTitle")}</p>
              <p className="text-soft">{t("emptyHint")}</p>
            </div>
          )}
          <FileChooser onFiles={library.add} isDragging={isDragging} />
          {library.watchProblem && (
            <ProblemNote
              problem={library.watchProblem}
              title={t("notFollowed")}
              onRetry={() => {
                library.watchAgain();
                focusHeading();
              }}
            />
          )}
          {!isEmpty && (
            <ul className="divide-y divide-line border-y border-line" aria-label={t("documents")}>
              {uploads.map((upload) => (
                <UploadRow
                  key={upload.key}
                  upload={upload}
                  onRetry={() => library.retry(upload)}
                  onDismiss={() => {
                    library.dismiss(upload);
                    focusHeading();
                  }}
                />
              ))}
              {documents.map((document) => (
                <DocumentRow
                  key={document.id}
                  document={document}
                  onRemove={async () => {
                    await library.remove(document.id);
                    focusHeading();
                  }}
                />
              ))}
            </ul>
          )}
          {library.nextCursor !== null && (
            // Failing to load more changes nothing: the button stays and can be pressed again.
            <Button look="quiet" onClick={() => void library.showMore().catch(() => undefined)}>
              {t("showMore", { ns: "everywhere" })}
            </Button>
          )}
          <p className="sr-only" role="status">
            {library.announcement}
          </p>
        </Scroll>
      </div>
    </main>
  );
}

function Scroll({ children }: { children: ReactNode }) {
  return (
    <div className="min-w-0 flex-1 md:overflow-y-auto">
      <div className="mx-auto grid max-w-4xl gap-5 p-4 sm:p-6">{children}</div>
    </div>
  );
}

function CollectionList({ collections, chosen }: { collections: Collection[]; chosen: Collection | null }) {
  const { t } = useTranslation("library");
  return (
    <nav
      aria-label={t("collections")}
      className="shrink-0 border-line p-3 max-md:border-b md:w-60 md:overflow-y-auto md:border-r"
    >
      <ul className="flex gap-1 max-md:overflow-x-auto md:flex-col">
        {collections.map(({ id, name, documents_count }) => {
          const isChosen = id === chosen?.id;
          return (
            <li key={id}>
              <Link
                to={`/library?collection=${id}`}
                aria-current={isChosen ? "page" : undefined}
                className={cx(
                  "flex items-baseline gap-2 rounded-lg px-2.5 py-2 max-md:whitespace-nowrap",
                  isChosen ? "bg-sea-wash font-medium text-sea" : "hover:bg-sunken",
                )}
              >
                <span className="min-w-0 flex-1 truncate">{name}</span>
                <span className="text-xs text-soft">{documents_count}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
