import { useTranslation } from "react-i18next";
import { useQuantities } from "../i18n/use-quantities.ts";
import type { Batch } from "./batch.ts";
import type { Tally } from "./tally.ts";

const MINUTE = 60;
const HOUR = 3_600;

/** What a batch is called: its archive or site, else how many files or addresses it had. */
export function useBatchName(): (batch: Batch) => string {
  const { t } = useTranslation("imports");
  return ({ kind, source, named }) => {
    if (source !== "") return source;
    if (named === null) return t("filesLost");
    return kind === "addresses" ? t("addresses", { count: named }) : t("files", { count: named });
  };
}

/** How far a batch is, in words: "38 of 200 · 2 failed · about 1 min", and what came of it at the end. */
export function useTallyWords(): (batch: Batch, tally: Tally) => string {
  const { t } = useTranslation("imports");
  const { percent } = useQuantities();

  function eta(seconds: number): string {
    if (seconds < MINUTE) return t("aboutSeconds");
    if (seconds < HOUR) return t("aboutMinutes", { count: Math.round(seconds / MINUTE) });
    return t("aboutHours", { count: Math.round(seconds / HOUR) });
  }

  function outcome({ ready, duplicate, skipped, failed, cancelled }: Tally): string[] {
    const parts: Array<[number, "imported" | "duplicates" | "skipped" | "failedPart" | "cancelled"]> = [
      [ready, "imported"],
      [duplicate, "duplicates"],
      [failed, "failedPart"],
      [skipped, "skipped"],
      [cancelled, "cancelled"],
    ];
    return parts.flatMap(([count, key]) => (count > 0 ? [t(key, { count })] : []));
  }

  return (batch, tally) => {
    const { archive, outgoing, isSending } = batch;
    const { total, done, failed, isOver, etaSeconds } = tally;
    if (archive) {
      const share = archive.partsTotal > 0 ? archive.partsSent / archive.partsTotal : 0;
      return isSending ? t("sendingArchive", { share: percent(share) }) : t("waitingArchive");
    }
    if (total === null) return t("listing");
    const unsent = outgoing.length > 0 ? [t("toSend", { count: outgoing.length })] : [];
    if (isOver) return [...outcome(tally), ...unsent].join(" · ") || t("nothing");
    const parts = [t("doneOf", { done, total })];
    if (failed > 0) parts.push(t("failedPart", { count: failed }));
    if (unsent.length === 0 && etaSeconds !== null) parts.push(eta(etaSeconds));
    return [...parts, ...unsent].join(" · ");
  };
}
