import { useMessages } from "../i18n/messages.ts";
import { CloseIcon } from "../ui/icons.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import type { Upload } from "./library-state.ts";

type Props = { upload: Upload; onRetry: () => void; onDismiss: () => void };

/** A file on its way to the API, or refused by it. */
export function UploadRow({ upload, onRetry, onDismiss }: Props) {
  const t = useMessages();
  const { file, state, problem } = upload;
  return (
    <li className="document" data-status={problem ? "failed" : "queued"}>
      <div className="document-line">
        <span className="document-name">{file.name}</span>
        {problem && (
          <button
            type="button"
            className="quiet icon"
            aria-label={t.dismiss(file.name)}
            title={t.dismiss(file.name)}
            onClick={onDismiss}
          >
            <CloseIcon />
          </button>
        )}
      </div>
      {problem ? (
        <ProblemNote problem={problem} title={t.refusedUpload} onRetry={onRetry} />
      ) : (
        <>
          <p className="document-state">{state === "sending" ? t.sending : t.waitingToSend}</p>
          {state === "sending" && <progress aria-label={t.sending} />}
        </>
      )}
    </li>
  );
}
