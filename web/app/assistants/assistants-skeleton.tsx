import { useTranslation } from "react-i18next";
import { Skeleton } from "../components/ui/skeleton.tsx";
import { PageHeader } from "../frame/page-header.tsx";

const CARDS = ["a", "b", "c"];

/** The page's shape while its data comes. */
export function AssistantsSkeleton() {
  const { t } = useTranslation("frame");
  return (
    <main id="content" tabIndex={-1} className="min-w-0 flex-1" aria-busy="true">
      <PageHeader title={t("assistants")} />
      <p className="sr-only" role="status">
        {t("loading", { ns: "everywhere" })}
      </p>
      <div className="mx-auto grid max-w-5xl gap-5 p-4 sm:p-6" aria-hidden="true">
        <Skeleton className="w-2/3" />
        <div className="grid grid-cols-[repeat(auto-fill,minmax(min(18rem,100%),1fr))] gap-4">
          {CARDS.map((card) => (
            <Skeleton key={card} className="h-44 rounded-2xl" />
          ))}
        </div>
      </div>
    </main>
  );
}
