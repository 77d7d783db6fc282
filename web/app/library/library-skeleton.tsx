import { useTranslation } from "react-i18next";
import { Skeleton } from "../components/ui/skeleton.tsx";
import { PageHeader } from "../frame/page-header.tsx";

const ROWS = ["w-1/2", "w-2/5", "w-3/5", "w-1/3", "w-1/2", "w-2/5", "w-3/5", "w-1/3"];

/** The page's shape while its data comes. */
export function LibrarySkeleton() {
  const { t } = useTranslation("library");
  return (
    <main
      id="content"
      tabIndex={-1}
      className="flex min-h-0 min-w-0 flex-1 flex-col"
      aria-busy="true"
      data-awaits-files
    >
      <PageHeader title={t("title")} />
      <p className="sr-only" role="status">
        {t("loading", { ns: "everywhere" })}
      </p>
      <div className="flex min-h-0 flex-1 max-md:flex-col" aria-hidden="true">
        <div className="grid w-56 shrink-0 content-start gap-5 border-line p-5 max-md:hidden md:border-r">
          <Skeleton className="w-32" />
          <Skeleton className="w-24" />
          <Skeleton className="w-28" />
        </div>
        <div className="grid min-w-0 flex-1 content-start gap-5 p-4 sm:px-6">
          <Skeleton className="h-7 w-56" />
          <Skeleton className="h-9 w-full max-w-xs" />
          {ROWS.map((width, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: they never change
            <div key={index} className="border-b border-line pb-4">
              <Skeleton className={width} />
            </div>
          ))}
        </div>
      </div>
    </main>
  );
}
