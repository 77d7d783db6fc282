import { useTranslation } from "react-i18next";
import type { Deletion } from "../api/shapes.ts";
import { Button } from "../components/ui/button.tsx";
import { DeletionReceipt } from "../deletion/deletion-receipt.tsx";
import { PageHeader } from "../frame/page-header.tsx";
import { erasurePath } from "./load-settings.ts";

/** The receipt of a workspace that was deleted. */
export function ErasedScreen({ deletion }: { deletion: Deletion }) {
  const { t } = useTranslation("settings");
  return (
    <main id="content" tabIndex={-1} className="min-w-0 flex-1 overflow-y-auto">
      <PageHeader title={t("erase.doneTitle")} />
      <div className="mx-auto grid max-w-2xl justify-items-start gap-6 p-4 sm:p-6">
        <p className="max-w-prose text-soft">{t("erase.doneHint")}</p>
        <DeletionReceipt deletion={deletion} path={erasurePath(deletion.subject_id)} />
        {/* Everything kept on the page was the deleted workspace's, so it begins anew. */}
        <Button onClick={() => window.location.assign("/")}>{t("erase.goOn")}</Button>
      </div>
    </main>
  );
}
