import { lazy, Suspense, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Collection, Deletion, LibraryDocument } from "../api/shapes.ts";
import { loadWords } from "../i18n/load-words.ts";
import { deleteDocuments } from "./bulk.ts";
import { DeleteDialog } from "./deletion/delete-dialog.tsx";

const WebDialog = lazy(async () => {
  const [module] = await Promise.all([import("../imports/web-dialog.tsx"), loadWords("imports")]);
  return { default: module.WebDialog };
});

/** What is about to be deleted. */
export type Doomed =
  | { kind: "documents"; documents: LibraryDocument[] }
  | { kind: "collection"; collection: Collection };

type Props = {
  doomed: Doomed | null;
  isWeb: boolean;
  ensureCollection: () => Promise<string>;
  removeCollection: (id: string) => Promise<Deletion>;
  /** Documents that are deleted. */
  onGone: (ids: string[]) => void;
  onClose: (isCollectionGone: boolean) => void;
};

/** The windows over the library: what is deleted, and what comes from the web. */
export function LibraryDialogs({ doomed, isWeb, ensureCollection, onGone, onClose, ...rest }: Props) {
  if (isWeb) {
    return (
      <Suspense>
        <WebDialog ensureCollection={ensureCollection} onClose={() => onClose(false)} />
      </Suspense>
    );
  }
  if (doomed?.kind === "documents") {
    return <DocumentsDialog documents={doomed.documents} onGone={onGone} onClose={() => onClose(false)} />;
  }
  return doomed && <CollectionDialog collection={doomed.collection} onClose={onClose} {...rest} />;
}

type DocumentsProps = {
  documents: LibraryDocument[];
  onGone: (ids: string[]) => void;
  onClose: (isDeleted: boolean) => void;
};

/** One document is confirmed by its name, several by how many they are. */
export function DocumentsDialog({ documents, onGone, onClose }: DocumentsProps) {
  const { t } = useTranslation("library");
  const isDeleted = useRef(false);
  const count = documents.length;
  const [only] = documents;
  const isOne = only !== undefined && count === 1;
  return (
    <DeleteDialog
      title={isOne ? t("removeTitle", { name: only.filename }) : t("removeManyTitle", { count })}
      effect={isOne ? t("removeEffect") : t("removeManyEffect")}
      word={isOne ? only.filename : String(count)}
      act={isOne ? t("removeConfirm") : t("removeManyConfirm", { count })}
      onConfirm={async (tell) => {
        const { deletions, failed } = await deleteDocuments(documents, tell);
        const kept = new Set(failed.map(({ document }) => document.id));
        isDeleted.current = true;
        onGone(documents.flatMap(({ id }) => (kept.has(id) ? [] : [id])));
        return { deletions, failed };
      }}
      onClose={() => onClose(isDeleted.current)}
    />
  );
}

type CollectionProps = Pick<Props, "removeCollection" | "onClose"> & { collection: Collection };

function CollectionDialog({ collection, removeCollection, onClose }: CollectionProps) {
  const { t } = useTranslation("library");
  const { id, name, documents_count } = collection;
  const isGone = useRef(false);
  return (
    <DeleteDialog
      title={t("deleteCollectionTitle", { name })}
      effect={t("deleteCollectionEffect", { count: documents_count })}
      word={name}
      act={t("removeCollectionConfirm")}
      onConfirm={async () => {
        const deletion = await removeCollection(id);
        isGone.current = true;
        return { deletions: [deletion], failed: [] };
      }}
      onClose={() => onClose(isGone.current)}
    />
  );
}
