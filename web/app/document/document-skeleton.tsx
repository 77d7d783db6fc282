import { useTranslation } from "react-i18next";
import { Skeleton } from "../components/ui/skeleton.tsx";
import { PageHeader } from "../frame/page-header.tsx";

const HEADS = ["w-24", "w-28", "w-20", "w-24", "w-28"];

/** The page's shape while its data comes. */
export function DocumentSkeleton() {
  const { t } = useTranslation();
  return (
    <main id="content" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col" aria-busy="true">
      <PageHeader title={<Skeleton className="h-6 w-64" />} />
      <p className="sr-only" role="status">
        {t("loading")}
      </p>
      <div className="flex min-h-0 flex-1" aria-hidden="true">
        <div className="grid w-52 shrink-0 content-start gap-6 border-r border-line p-4 max-lg:hidden">
          {HEADS.map((width, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: they never change
            <Skeleton key={index} className={width} />
          ))}
        </div>
        <div className="flex-1 bg-sunken p-6">
          <div className="mx-auto aspect-[1/1.414] w-full max-w-2xl bg-paper shadow-float" />
        </div>
      </div>
    </main>
  );
}
