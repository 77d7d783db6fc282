import { useTranslation } from "react-i18next";
import { useQuantities } from "../i18n/use-quantities.ts";
import type { Refused } from "./batch.ts";

/** A file that wasn't taken in, and why. */
export function RefusedEntry({ refused: { path, reason, limit = 0, problem } }: { refused: Refused }) {
  const { t } = useTranslation("imports");
  const { bytes } = useQuantities();
  const why = {
    too_large: () => t("tooLarge", { limit: bytes(limit) }),
    archive_too_large: () => t("archiveTooLarge", { limit: bytes(limit) }),
    empty: () => t("emptyFile"),
    unreadable: () => t("unreadableFile"),
    problem: () => t(problem?.code ?? "internal", { ns: "problems" }),
  }[reason];
  return (
    <li className="grid grid-cols-1 gap-0.5" data-entry="failed">
      <div className="flex items-baseline gap-2">
        <p className="min-w-0 flex-1 truncate" title={path}>
          {path.split("/").at(-1)}
        </p>
        <span className="font-medium text-red">{t("states.failed")}</span>
      </div>
      <p className="text-red">{why()}</p>
    </li>
  );
}
