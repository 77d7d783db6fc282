import { FileUp, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "../components/problem-note.tsx";
import { IconButton } from "../components/ui/button.tsx";
import type { Upload } from "./library-state.ts";
import { Progress } from "./progress.tsx";

type Props = { upload: Upload; onRetry: () => void; onDismiss: () => void };

/** A file on its way to the API, or refused by it. */
export function UploadRow({ upload, onRetry, onDismiss }: Props) {
  const { t } = useTranslation("library");
  const { file, state, problem } = upload;
  return (
    <li className="flex items-start gap-3 py-3" data-status={problem ? "failed" : "queued"}>
      <FileUp className="mt-0.5 size-5 shrink-0 text-soft" aria-hidden="true" />
      <div className="grid min-w-0 flex-1 gap-1">
        <p className="truncate font-medium">{file.name}</p>
        {problem ? (
          <ProblemNote problem={problem} title={t("refusedUpload")} onRetry={onRetry} />
        ) : (
          <>
            <p className="text-sm text-soft">{state === "sending" ? t("sending") : t("waitingToSend")}</p>
            {state === "sending" && <Progress label={t("sending")} />}
          </>
        )}
      </div>
      {problem && (
        <IconButton label={t("dismiss", { name: file.name })} onClick={onDismiss}>
          <X aria-hidden="true" />
        </IconButton>
      )}
    </li>
  );
}
