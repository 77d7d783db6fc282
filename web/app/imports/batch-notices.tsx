import { Link } from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "../components/problem-note.tsx";
import { Button } from "../components/ui/button.tsx";
import { useQuantities } from "../i18n/use-quantities.ts";
import type { Batch } from "./batch.ts";
import { chooseFile } from "./read-drop.ts";
import { sendOn } from "./run-imports.ts";

/** What holds an import up or cuts it short, and the way on. */
export function BatchNotices({ batch }: { batch: Batch }) {
  const { t } = useTranslation("imports");
  const usage = useTranslation("usage");
  const { problem, isStopped, lost, overRoom, archive } = batch;
  const [isOther, setOther] = useState(false);
  const { percent } = useQuantities();
  const isCut = archive !== null && archive.file === null;
  return (
    <>
      {problem && isStopped && (
        <ProblemNote problem={problem} title={t("stopped")} onRetry={() => sendOn(batch.id)} />
      )}
      {problem && !isStopped && (
        <p className="text-sm text-amber" role="status">
          {t("heldUp")}: {t(problem.code, { ns: "problems" })}
        </p>
      )}
      {overRoom > 0 && (
        <p className="text-sm text-amber">
          {t("overRoom", { count: overRoom })}{" "}
          <Link className="font-medium text-sea underline" to="/plan">
            {usage.t("seePlan")}
          </Link>
        </p>
      )}
      {lost > 0 && <p className="text-sm text-amber">{t("lost", { count: lost })}</p>}
      {isCut && archive && (
        <div className="grid justify-items-start gap-2 text-sm">
          <p className="text-amber">
            {t("archiveCut", { share: percent(archive.partsSent / Math.max(1, archive.partsTotal)) })}
          </p>
          {isOther && (
            <p className="text-red" role="alert">
              {t("notTheSame")}
            </p>
          )}
          <Button
            size="small"
            onClick={() =>
              chooseFile(".zip", (file) => {
                const isSame = file.name === archive.filename && file.size === archive.size;
                setOther(!isSame);
                if (isSame) sendOn(batch.id, file);
              })
            }
          >
            {t("chooseAgain", { name: archive.filename })}
          </Button>
        </div>
      )}
    </>
  );
}
