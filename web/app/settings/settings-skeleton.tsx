import { useTranslation } from "react-i18next";
import { Skeleton } from "../components/ui/skeleton.tsx";
import { PageHeader } from "../frame/page-header.tsx";

const ROWS = ["a", "b", "c", "d", "e", "f"];

/** The page's shape while its data comes. */
export function SettingsSkeleton() {
  const { t } = useTranslation("frame");
  return (
    <main id="content" tabIndex={-1} className="min-w-0 flex-1" aria-busy="true">
      <PageHeader title={t("settings")} />
      <p className="sr-only" role="status">
        {t("loading", { ns: "everywhere" })}
      </p>
      <div className="grid gap-8 p-4 sm:p-6 lg:grid-cols-[12rem_1fr]" aria-hidden="true">
        <div className="grid content-start gap-4 max-lg:hidden">
          {ROWS.map((row) => (
            <Skeleton key={row} className="w-28" />
          ))}
        </div>
        <div className="grid max-w-3xl content-start gap-5">
          <Skeleton className="h-7 w-48" />
          <Skeleton className="h-10" />
          <Skeleton className="h-10" />
          <Skeleton className="h-10" />
        </div>
      </div>
    </main>
  );
}
