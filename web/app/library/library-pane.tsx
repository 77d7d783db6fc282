import { useSearchParams } from "@remix-run/react";
import { useId, useRef, useState } from "react";
import type { Collection } from "../api/shapes.ts";
import { useMessages } from "../i18n/messages.ts";
import { ChevronIcon, PlusIcon } from "../ui/icons.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { DocumentRow } from "./document-row.tsx";
import { UploadRow } from "./upload-row.tsx";
import { useFileDrop } from "./use-file-drop.ts";
import type { Library } from "./use-library.ts";

const ACCEPTED = ".pdf,.docx,.pptx,.html,.htm,.md,.markdown,.txt";

type Props = { library: Library; collections: Collection[]; collection: Collection | null };

export function LibraryPane({ library, collections, collection }: Props) {
  const t = useMessages();
  const { documents, uploads } = library;
  const isEmpty = documents.length + uploads.length === 0;
  const isDragging = useFileDrop(library.add);
  const [isUnfolded, setUnfolded] = useState(isEmpty);
  const heading = useRef<HTMLHeadingElement>(null);
  const listId = useId();

  return (
    <section className="library" data-unfolded={isUnfolded || isDragging} aria-labelledby={`${listId}-title`}>
      <header className="library-head">
        <h2 id={`${listId}-title`} ref={heading} tabIndex={-1}>
          {collection?.name ?? t.library}
        </h2>
        {!isEmpty && <span className="soft">{t.documentsCount(documents.length + uploads.length)}</span>}
        <button
          type="button"
          className="quiet fold"
          aria-expanded={isUnfolded}
          aria-controls={listId}
          aria-label={t.library}
          onClick={() => setUnfolded(!isUnfolded)}
        >
          <ChevronIcon />
        </button>
      </header>
      {library.watchProblem && (
        <ProblemNote
          problem={library.watchProblem}
          title={t.notFollowed}
          onRetry={() => {
            library.watchAgain();
            heading.current?.focus();
          }}
        />
      )}

      <div className="library-body" id={listId}>
        {collections.length > 1 && <CollectionPicker collections={collections} chosen={collection} />}
        {isEmpty && (
          <div className="empty">
            <p className="empty-title">{t.emptyLibrary}</p>
            <p>{t.emptyLibraryHint}</p>
          </div>
        )}
        <FileChooser onFiles={library.add} isDragging={isDragging} />
        {!isEmpty && (
          <ul className="documents">
            {uploads.map((upload) => (
              <UploadRow
                key={upload.key}
                upload={upload}
                onRetry={() => library.retry(upload)}
                onDismiss={() => {
                  library.dismiss(upload);
                  heading.current?.focus();
                }}
              />
            ))}
            {documents.map((document) => (
              <DocumentRow
                key={document.id}
                document={document}
                onRemove={async () => {
                  await library.remove(document.id);
                  heading.current?.focus();
                }}
              />
            ))}
          </ul>
        )}
        {library.nextCursor !== null && <ShowMore onShow={library.showMore} />}
      </div>
      <p className="visually-hidden" role="status">
        {library.announcement}
      </p>
    </section>
  );
}

function FileChooser({ onFiles, isDragging }: { onFiles: (files: File[]) => void; isDragging: boolean }) {
  const t = useMessages();
  return (
    <label className="chooser" data-dragging={isDragging}>
      <input
        type="file"
        multiple
        accept={ACCEPTED}
        className="visually-hidden"
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          // The same file chosen again must count as a change.
          currentTarget.value = "";
        }}
      />
      <span className="chooser-action">
        <PlusIcon />
        {isDragging ? t.dropNow : t.chooseFiles}
      </span>
      {!isDragging && <span className="soft">{t.dropHint}</span>}
      <span className="soft chooser-formats">{t.formats}</span>
    </label>
  );
}

function CollectionPicker({ collections, chosen }: { collections: Collection[]; chosen: Collection | null }) {
  const t = useMessages();
  const [, setSearch] = useSearchParams();
  return (
    <label className="picker">
      <span>{t.collection}</span>
      <select
        value={chosen?.id}
        onChange={({ currentTarget }) => setSearch({ collection: currentTarget.value })}
      >
        {collections.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function ShowMore({ onShow }: { onShow: () => Promise<void> }) {
  const t = useMessages();
  const [isLoading, setLoading] = useState(false);
  const show = () => {
    setLoading(true);
    // Failing to load more changes nothing on the page: the button stays and can be pressed again.
    void onShow()
      .catch(() => undefined)
      .finally(() => setLoading(false));
  };
  return (
    <button type="button" className="quiet" disabled={isLoading} onClick={show}>
      {isLoading ? t.loading : t.showMore}
    </button>
  );
}
