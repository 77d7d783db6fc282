import { useTranslation } from "react-i18next";
import { ProblemNote } from "../components/problem-note.tsx";
import { Button } from "../components/ui/button.tsx";
import type { useDownload } from "./use-download.ts";

/** Why a file wasn't saved; where only the quoted version's is gone, the way to the present one. */
export function DownloadProblem({ of }: { of: ReturnType<typeof useDownload> }) {
  const { t } = useTranslation("source");
  const { problem, isNotKept, isBusy, save, saveCurrent } = of;
  if (!isNotKept) return problem && <ProblemNote problem={problem} title={t("notSaved")} onRetry={save} />;
  return (
    <div className="grid justify-items-start gap-2 pb-1 text-sm" role="alert">
      <p>{t("fileNotKept")}</p>
      <Button size="small" disabled={isBusy} onClick={saveCurrent}>
        {t("downloadCurrent")}
      </Button>
    </div>
  );
}
