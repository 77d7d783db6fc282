import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Sheet } from "../components/ui/sheet.tsx";
import { useMatches } from "./use-media.ts";
import { useSource } from "./use-source.ts";

/** Loaded at the first source that is opened: most visits begin without one. */
const SourcePanel = lazy(() =>
  import("./source-panel.tsx").then((module) => ({ default: module.SourcePanel })),
);

/** From here on the panel stands beside the page, below it comes over it. Rem, as in the class below. */
const BESIDE = "(min-width: 64rem)";

/** The source that the address names, beside the page or over it. */
export function SourceAside() {
  const { t } = useTranslation("source");
  const source = useSource();
  const isBeside = useMatches(BESIDE);
  if (isBeside === null) return null;
  if (isBeside) {
    return source.place ? (
      <aside
        aria-label={t("source")}
        data-screen
        className="flex w-(--source-width) shrink-0 animate-slide flex-col border-l border-line bg-sunken"
      >
        <Suspense>
          <SourcePanel source={source} place={source.place} />
        </Suspense>
      </aside>
    ) : null;
  }
  return (
    <Sheet open={source.place !== null} onOpenChange={source.close} title={t("source")} side="end">
      <Suspense>{source.place && <SourcePanel source={source} place={source.place} />}</Suspense>
    </Sheet>
  );
}
