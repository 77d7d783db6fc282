import { useTranslation } from "react-i18next";
import { ProblemNote } from "../components/problem-note.tsx";
import type { BulkFailure } from "./bulk.ts";

/** Which of many documents something couldn't be done to: those with one reason together, each by its name. */
export function BulkFailures({ failed }: { failed: BulkFailure[] }) {
  const { t } = useTranslation("library");
  const groups = Map.groupBy(failed, ({ problem: { code, message } }) => `${code} ${message}`);
  return [...groups].map(([reason, [first, ...others]]) => {
    if (!first) return null;
    const names = [first, ...others].map(({ document }) => document);
    return (
      <ProblemNote key={reason} problem={first.problem} title={t("bulkFailed", { count: names.length })}>
        <ul
          aria-label={t("bulkFailed", { count: names.length })}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
          tabIndex={0}
          className="max-h-28 w-full overflow-y-auto"
        >
          {names.map(({ id, filename }) => (
            <li key={id} className="truncate" title={filename}>
              {filename}
            </li>
          ))}
        </ul>
      </ProblemNote>
    );
  });
}
