import { useTranslation } from "react-i18next";
import { Skeleton } from "../components/ui/skeleton.tsx";
import { PageHeader } from "../frame/page-header.tsx";

/** The page's shape while its data comes. */
export function LibrarySkeleton() {
  const { t } = useTranslation("library");
  return (
    <main id="content" tabIndex={-1} className="min-w-0 flex-1" aria-busy="true">
      <PageHeader title={t("title")} />
      <p className="sr-only" role="status">
        {t("loading", { ns: "everywhere" })}
      </p>
      <div className="mx-auto grid max-w-4xl gap-5 p-4 sm:p-6" aria-hidden="true">
        <Skeleton className="h-7 w-56" />
        <Skeleton className="h-28 rounded-2xl" />
        <Skeleton className="h-10" />
        <Skeleton className="h-10" />
        <Skeleton className="h-10" />
      </div>
    </main>
  );
}
