import { useRevalidator } from "@remix-run/react";
import { ReceiptText } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { LibraryDocument } from "../api/shapes.ts";
import { ProblemNote } from "../components/problem-note.tsx";
import { Button, IconButton } from "../components/ui/button.tsx";
import { PageHeader } from "../frame/page-header.tsx";
import { AddMenu } from "./add-menu.tsx";
import { BulkBar } from "./bulk-bar.tsx";
import { CollectionList } from "./collections/collection-list.tsx";
import { ReceiptsDialog } from "./deletion/receipts-dialog.tsx";
import { DropVeil } from "./drop-veil.tsx";
import { EmptyCollection } from "./empty-collection.tsx";
import { type Doomed, LibraryDialogs } from "./library-dialogs.tsx";
import type { LibraryData } from "./load-library.ts";
import { DocumentTable } from "./table/document-table.tsx";
import { useSelection } from "./table/use-selection.ts";
import { Toolbar } from "./toolbar.tsx";
import { useAdding } from "./use-adding.tsx";
import { useCollections } from "./use-collections.ts";
import { useDocumentActs } from "./use-document-acts.ts";
import { useDocuments } from "./use-documents.ts";
import { useView } from "./use-view.ts";
import { isNewestFirst } from "./view.ts";

/** The collections, and the documents of the one on show. */
export function LibraryScreen({ data }: { data: LibraryData }) {
  const { view, documents: page } = data;
  const { t } = useTranslation("library");
  const { revalidate } = useRevalidator();
  const { isLoading, change: onView, show } = useView();
  const { collections, refresh, create, rename, remove } = useCollections(data.collections);
  const collection = collections.find(({ id }) => id === data.collection?.id) ?? data.collection;
  const list = useDocuments(collection, view, page, (isSettled) => {
    refresh();
    if (isSettled && !isNewestFirst(view)) revalidate();
  });
  const { documents, nextCursor } = list;
  const selection = useSelection(documents);
  const acts = useDocumentActs((document) => list.noteChanged([document]), list.say);
  const [doomed, setDoomed] = useState<Doomed | null>(null);
  const [isWeb, setWeb] = useState(false);
  const [hasReceipts, setReceipts] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const adding = useAdding(collection, create);
  const ways = { onFiles: adding.chooseFiles, onFolder: adding.chooseFolder, onWeb: () => setWeb(true) };
  const isNarrowed = view.q !== "" || view.filter !== "all";
  const doom = (chosen: LibraryDocument[]) => setDoomed({ kind: "documents", documents: chosen });
  return (
    <main id="content" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col">
      <PageHeader title={t("title")}>
        <IconButton label={t("receipts")} onClick={() => setReceipts(true)}>
          <ReceiptText aria-hidden="true" />
        </IconButton>
        <AddMenu {...ways} />
      </PageHeader>
      <div className="flex min-h-0 flex-1 max-md:flex-col">
        {collections.length > 0 && (
          <CollectionList
            collections={collections}
            chosen={collection}
            onCreate={async (name) => {
              const made = await create(name);
              show(made.id);
            }}
            onRename={rename}
            onRemove={(unwanted) => setDoomed({ kind: "collection", collection: unwanted })}
          />
        )}
        <section
          className="@container flex min-h-0 min-w-0 flex-1 flex-col"
          aria-labelledby="library-heading"
        >
          <header className="flex flex-wrap items-baseline gap-x-3 px-4 pt-3 sm:px-6">
            <h2
              id="library-heading"
              ref={heading}
              tabIndex={-1}
              className="text-xl font-semibold break-words"
            >
              {collection?.name ?? t("documents")}
            </h2>
            {collection && documents.length > 0 && (
              <p className="text-sm text-soft">
                {t("documents", { ns: "everywhere", count: collection.documents_count })}
              </p>
            )}
          </header>
          {(documents.length > 0 || isNarrowed) && <Toolbar view={view} onView={onView} />}
          <div className="grid gap-2 px-4 empty:hidden sm:px-6">
            {adding.problem && <ProblemNote problem={adding.problem} />}
            {acts.failed && <ProblemNote problem={acts.failed.problem} title={acts.failed.name} />}
            {list.problem && (
              <ProblemNote problem={list.problem} title={t("updatesStopped")} onRetry={list.lookAgain} />
            )}
          </div>
          {selection.selected.length > 0 && (
            <BulkBar
              selection={selection}
              hasMore={nextCursor !== null}
              onSelectMatching={async () => selection.selectThese(await list.loadAll())}
              onChanged={list.noteChanged}
              onRemove={doom}
              onSay={list.say}
            />
          )}
          {documents.length > 0 ? (
            <DocumentTable
              documents={documents}
              total={
                nextCursor === null
                  ? documents.length
                  : Math.max(documents.length, collection?.documents_count ?? 0)
              }
              hasMore={nextCursor !== null}
              view={view}
              isLoading={isLoading}
              selection={selection}
              acts={{ ...acts, remove: (document) => doom([document]) }}
              onView={onView}
              onMore={list.loadMore}
            />
          ) : isNarrowed ? (
            <NoMatch onShowAll={() => onView({ q: "", filter: "all" })} />
          ) : (
            <EmptyCollection {...ways} />
          )}
        </section>
      </div>
      {adding.input}
      {adding.isDragging && <DropVeil name={collection?.name ?? t("collectionName")} />}
      <p className="sr-only" role="status">
        {list.announcement}
      </p>
      {hasReceipts && <ReceiptsDialog onClose={() => setReceipts(false)} />}
      <LibraryDialogs
        doomed={doomed}
        isWeb={isWeb}
        ensureCollection={adding.ensureCollection}
        removeCollection={remove}
        onGone={(ids) => {
          list.noteGone(ids);
          selection.clear();
          refresh();
        }}
        onClose={(isCollectionGone) => {
          setDoomed(null);
          setWeb(false);
          if (isCollectionGone) show(null);
          heading.current?.focus();
        }}
      />
    </main>
  );
}

function NoMatch({ onShowAll }: { onShowAll: () => void }) {
  const { t } = useTranslation("library");
  return (
    <div className="grid flex-1 place-content-center justify-items-center gap-2 p-6 text-center">
      <h3 className="text-lg font-semibold">{t("noMatchTitle")}</h3>
      <p className="text-soft">{t("noMatchHint")}</p>
      <Button onClick={onShowAll}>{t("showAll")}</Button>
    </div>
  );
}
