import { useTranslation } from "react-i18next";
import { Progress } from "../components/progress.tsx";
import type { BulkProgress as Far } from "./bulk.ts";

type Props = { far: Far; words: (counts: { done: number; total: number }) => string };

/** How far something is with many documents, each in sight and by quarters for who listens, and what holds it up. */
export function BulkProgress({ far: { done, total, heldUp }, words }: Props) {
  const { t } = useTranslation("library");
  const quarter = Math.floor((4 * done) / total);
  return (
    <>
      <span aria-hidden="true">{words({ done, total })}</span>
      <Progress label={words({ done, total })} value={done} max={total} isWide />
      <span className="sr-only" role="status">
        {words({ done: Math.floor((quarter * total) / 4), total })}
      </span>
      {heldUp && (
        <span className="text-amber" role="status">
          {t("bulkHeldUp")}: {t(heldUp.code, { ns: "problems" })}
        </span>
      )}
    </>
  );
}
