import { type KeyboardEvent, useRef, useState } from "react";
import { type ApiProblem, asProblem } from "../api/problem.ts";
import type { LibraryDocument } from "../api/shapes.ts";
import type { Messages } from "../i18n/en.ts";
import { useMessages } from "../i18n/messages.ts";
import { TrashIcon } from "../ui/icons.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { isUnderway } from "./library-state.ts";

type Props = { document: LibraryDocument; onRemove: () => Promise<void> };

export function DocumentRow({ document, onRemove }: Props) {
  const t = useMessages();
  const [isConfirming, setConfirming] = useState(false);
  const { filename, status } = document;
  const trash = useRef<HTMLButtonElement>(null);
  const cancel = () => {
    setConfirming(false);
    trash.current?.focus();
  };
  return (
    <li className="document" data-status={status}>
      <div className="document-line">
        <span className="document-name" title={filename}>
          {filename}
        </span>
        <button
          ref={trash}
          type="button"
          className="quiet icon"
          aria-label={t.remove(filename)}
          aria-expanded={isConfirming}
          title={t.remove(filename)}
          onClick={() => setConfirming(!isConfirming)}
        >
          <TrashIcon />
        </button>
      </div>
      {isConfirming ? (
        <RemoveConfirmation name={filename} onRemove={onRemove} onCancel={cancel} />
      ) : (
        <DocumentState document={document} />
      )}
    </li>
  );
}

function DocumentState({ document }: { document: LibraryDocument }) {
  const t = useMessages();
  if (document.status === "failed") {
    return (
      <p className="document-failure">
        <strong>{t.failed}.</strong> {document.error_message}
      </p>
    );
  }
  if (isUnderway(document)) return <DocumentProgress document={document} />;
  return (
    <>
      <p className="document-state">{facts(document, t).join(" · ")}</p>
      {document.warnings.map(({ code, detail, pages }) => (
        <p key={code} className="document-warning">
          {code === "page_without_text" && pages ? t.pagesWithoutText(pages.length) : detail}
        </p>
      ))}
    </>
  );
}

function DocumentProgress({ document }: { document: LibraryDocument }) {
  const t = useMessages();
  const { status, pages_done, pages_total, chunks_done, chunks_total } = document;
  if (status === "queued") return <p className="document-state">{t.queued}</p>;
  if (pages_total === null) return <p className="document-state">{t.opening}</p>;
  const isRead = pages_done >= pages_total && chunks_total !== null;
  const label = isRead
    ? t.indexing(chunks_done, chunks_total)
    : t.reading(Math.min(pages_done + 1, pages_total), pages_total);
  return (
    <>
      <p className="document-state">{label}</p>
      <progress
        aria-label={document.filename}
        value={isRead ? chunks_done : pages_done}
        max={Math.max(1, isRead ? chunks_total : pages_total)}
      />
    </>
  );
}

function RemoveConfirmation({
  name,
  onRemove,
  onCancel,
}: {
  name: string;
  onRemove: () => Promise<void>;
  onCancel: () => void;
}) {
  const t = useMessages();
  const [isRemoving, setRemoving] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const remove = () => {
    setRemoving(true);
    onRemove().catch((error: unknown) => {
      setRemoving(false);
      setProblem(asProblem(error));
    });
  };
  const cancelOnEscape = (event: KeyboardEvent) => {
    if (event.key === "Escape") onCancel();
  };
  return (
    <fieldset className="confirmation" onKeyDown={cancelOnEscape}>
      <legend>{t.removeQuestion(name)}</legend>
      <p>{t.removeEffect}</p>
      {problem && <ProblemNote problem={problem} />}
      <div className="actions">
        <button type="button" className="danger" disabled={isRemoving} onClick={remove}>
          {t.removeConfirm}
        </button>
        {/* biome-ignore lint/a11y/noAutofocus: it follows the reader's own press, and lands on the safe choice */}
        <button type="button" autoFocus onClick={onCancel}>
          {t.cancel}
        </button>
      </div>
    </fieldset>
  );
}

function facts(document: LibraryDocument, t: Messages): string[] {
  const { media_type, pages_total, chunks_total, size_bytes } = document;
  const counted: string[] = [];
  if (pages_total !== null && media_type === "application/pdf") counted.push(t.pages(pages_total));
  if (pages_total !== null && media_type.endsWith("presentation")) counted.push(t.slides(pages_total));
  if (chunks_total !== null) counted.push(t.passages(chunks_total));
  return [...counted, t.size(size_bytes)];
}
