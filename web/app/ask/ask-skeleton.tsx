import { useTranslation } from "react-i18next";
import { Skeleton } from "../components/ui/skeleton.tsx";

/** The page's shape while its data comes. */
export function AskSkeleton() {
  const { t } = useTranslation();
  return (
    <main id="content" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1" aria-busy="true">
      <p className="sr-only" role="status">
        {t("loading")}
      </p>
      <div
        className="hidden w-72 shrink-0 content-start gap-3 border-r border-line p-3 lg:grid"
        aria-hidden="true"
      >
        <Skeleton className="h-11" />
        <Skeleton className="h-10" />
        <Skeleton className="h-10" />
      </div>
      <div
        className="mx-auto grid w-full max-w-3xl content-start gap-4 px-4 pt-[14vh] sm:px-6"
        aria-hidden="true"
      >
        <Skeleton className="h-8 w-2/3" />
        <Skeleton className="w-1/2" />
        <Skeleton className="mt-4 h-14" />
      </div>
    </main>
  );
}
