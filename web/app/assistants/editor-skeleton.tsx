import { useTranslation } from "react-i18next";
import { Skeleton } from "../components/ui/skeleton.tsx";
import { PageHeader } from "../frame/page-header.tsx";

const FIELDS = ["a", "b", "c", "d"];

/** The form's shape while its data comes. */
export function EditorSkeleton() {
  const { t } = useTranslation("frame");
  return (
    <main id="content" tabIndex={-1} className="min-w-0 flex-1" aria-busy="true">
      <PageHeader title={t("assistants")} />
      <p className="sr-only" role="status">
        {t("loading", { ns: "everywhere" })}
      </p>
      <div className="grid gap-6 p-4 sm:p-6 lg:grid-cols-2" aria-hidden="true">
        <div className="grid gap-6">
          {FIELDS.map((field) => (
            <div key={field} className="grid gap-2">
              <Skeleton className="w-32" />
              <Skeleton className="h-11 rounded-lg" />
            </div>
          ))}
        </div>
        <div className="grid content-start gap-4 max-lg:hidden">
          <Skeleton className="h-7 w-1/2" />
          <Skeleton className="h-12 rounded-xl" />
          <Skeleton className="h-12 rounded-xl" />
        </div>
      </div>
    </main>
  );
}
