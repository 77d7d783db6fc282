import { useTranslation } from "react-i18next";
import { Skeleton } from "../components/ui/skeleton.tsx";
import { PageHeader } from "../frame/page-header.tsx";

const METERS = ["a", "b", "c", "d", "e", "f"];

/** The page's shape while its data comes. */
export function PlanSkeleton() {
  const { t } = useTranslation("usage");
  return (
    <main id="content" tabIndex={-1} className="min-w-0 flex-1" aria-busy="true">
      <PageHeader title={t("title")} />
      <p className="sr-only" role="status">
        {t("loading", { ns: "everywhere" })}
      </p>
      <div className="mx-auto grid max-w-5xl gap-8 p-4 sm:p-6" aria-hidden="true">
        <div className="grid gap-x-10 gap-y-6 sm:grid-cols-2 lg:grid-cols-3">
          {METERS.map((meter) => (
            <Skeleton key={meter} className="h-16" />
          ))}
        </div>
        <Skeleton className="h-64" />
      </div>
    </main>
  );
}
