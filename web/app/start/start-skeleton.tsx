import { useTranslation } from "react-i18next";
import { Skeleton } from "../components/ui/skeleton.tsx";

/** The page's shape while its data comes. */
export function StartSkeleton() {
  const { t } = useTranslation();
  return (
    <main id="content" tabIndex={-1} className="min-w-0 flex-1" aria-busy="true" data-awaits-files>
      <p className="sr-only" role="status">
        {t("loading")}
      </p>
      <div className="h-14 border-b border-line" aria-hidden="true" />
      <div className="mx-auto grid max-w-2xl gap-9 p-4 sm:p-8" aria-hidden="true">
        <Skeleton className="h-8 w-3/4" />
        {["h-10", "h-36", "h-6", "h-5"].map((height) => (
          <div key={height} className="grid grid-cols-[2rem_1fr] gap-3.5">
            <Skeleton className="size-8 rounded-full" />
            <div className="grid gap-3">
              <Skeleton className="h-6 w-1/2" />
              <Skeleton className={height} />
            </div>
          </div>
        ))}
      </div>
    </main>
  );
}
