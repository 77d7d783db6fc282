import { FileText, Trash2, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { LibraryDocument } from "../api/shapes.ts";
import { ConfirmDialog } from "../components/confirm-dialog.tsx";
import { IconButton } from "../components/ui/button.tsx";
import { useQuantities } from "../i18n/use-quantities.ts";
import { useSource } from "../source/use-source.ts";
import { isUnderway } from "./library-state.ts";
import { Progress } from "./progress.tsx";

type Props = { document: LibraryDocument; onRemove: () => Promise<void> };

export function DocumentRow({ document, onRemove }: Props) {
  const { t } = useTranslation("library");
  const [isConfirming, setConfirming] = useState(false);
  const { filename, status } = document;
  return (
    <li className="flex items-start gap-3 py-3" data-status={status}>
      <FileText className="mt-0.5 size-5 shrink-0 text-soft" aria-hidden="true" />
      <div className="grid min-w-0 flex-1 gap-1">
        <DocumentName document={document} />
        <DocumentState document={document} />
      </div>
      <IconButton label={t("remove", { name: filename })} onClick={() => setConfirming(true)}>
        <Trash2 aria-hidden="true" />
      </IconButton>
      {isConfirming && (
        <ConfirmDialog
          title={t("removeTitle", { name: filename })}
          effect={t("removeEffect")}
          act={t("removeConfirm")}
          onClose={() => setConfirming(false)}
          onConfirm={onRemove}
        />
      )}
    </li>
  );
}

/** The name opens what Ancre reads of it, once there is something. */
function DocumentName({ document }: { document: LibraryDocument }) {
  const { t } = useTranslation("library");
  const { show, place } = useSource();
  const { id, filename, status } = document;
  if (status !== "ready") return <p className="truncate font-medium">{filename}</p>;
  return (
    <button
      type="button"
      title={t("open", { name: filename })}
      aria-current={place?.documentId === id ? "true" : undefined}
      onClick={() => show({ documentId: id, version: null, page: 1, span: null, chunkId: null })}
      className="justify-self-start truncate text-start font-medium hover:text-sea hover:underline max-w-full"
    >
      {filename}
    </button>
  );
}

function DocumentState({ document }: { document: LibraryDocument }) {
  const { t } = useTranslation("library");
  const facts = useFacts(document);
  if (document.status === "failed") {
    return (
      <p className="text-sm text-red">
        <strong>{t("failed")}.</strong> {document.error_message}
      </p>
    );
  }
  if (isUnderway(document)) return <DocumentProgress document={document} />;
  return (
    <>
      <p className="text-sm text-soft">{facts.join(" · ")}</p>
      {document.warnings.map(({ code, detail, pages }) => (
        <p key={code} className="flex gap-1.5 text-sm text-amber">
          <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
          {code === "page_without_text" && pages ? t("withoutText", { count: pages.length }) : detail}
        </p>
      ))}
    </>
  );
}

function DocumentProgress({ document }: { document: LibraryDocument }) {
  const { t } = useTranslation("library");
  const { status, pages_done, pages_total, chunks_done, chunks_total } = document;
  if (status === "queued") return <p className="text-sm text-soft">{t("queued")}</p>;
  if (pages_total === null) return <p className="text-sm text-soft">{t("opening")}</p>;
  const isRead = pages_done >= pages_total && chunks_total !== null;
  const label = isRead
    ? t("indexing", { done: chunks_done, total: chunks_total })
    : t("reading", { done: Math.min(pages_done + 1, pages_total), total: pages_total });
  return (
    <>
      <p className="text-sm text-soft">{label}</p>
      <Progress
        label={document.filename}
        value={isRead ? chunks_done : pages_done}
        max={Math.max(1, isRead ? chunks_total : pages_total)}
      />
    </>
  );
}

function useFacts({ media_type, pages_total, chunks_total, size_bytes }: LibraryDocument): string[] {
  const { t } = useTranslation();
  const { bytes } = useQuantities();
  const counted: string[] = [];
  if (pages_total !== null && media_type === "application/pdf")
    counted.push(t("pages", { count: pages_total }));
  if (pages_total !== null && media_type.endsWith("presentation"))
    counted.push(t("slides", { count: pages_total }));
  if (chunks_total !== null) counted.push(t("passages", { count: chunks_total }));
  return [...counted, bytes(size_bytes)];
}
