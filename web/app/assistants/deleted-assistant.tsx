import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { Deletion } from "../api/shapes.ts";
import { buttonStyle } from "../components/ui/button.tsx";
import { DeletionReceipt } from "../deletion/deletion-receipt.tsx";
import { PageHeader } from "../frame/page-header.tsx";

/** In the place of an assistant that was just deleted: the proof. */
export function DeletedAssistant({ name, deletion }: { name: string; deletion: Deletion }) {
  const { t } = useTranslation("assistants");
  return (
    <main id="content" tabIndex={-1} className="min-w-0 flex-1 overflow-y-auto">
      <PageHeader title={t("deletedTitle", { name })} />
      <div className="mx-auto grid max-w-2xl justify-items-start gap-6 p-4 sm:p-6">
        <DeletionReceipt deletion={deletion} path={`/deletions/${deletion.id}`} />
        <Link to="/assistants" className={buttonStyle()}>
          {t("back")}
        </Link>
      </div>
    </main>
  );
}
