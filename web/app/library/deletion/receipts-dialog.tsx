import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Deletion, List } from "../../api/shapes.ts";
import { ProblemNote } from "../../components/problem-note.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Dialog } from "../../components/ui/dialog.tsx";
import { Skeleton } from "../../components/ui/skeleton.tsx";
import { useQuantities } from "../../i18n/use-quantities.ts";
import { useLoaded } from "../../source/use-loaded.ts";
import { ReceiptView } from "./receipt-view.tsx";

/** The latest deletions, each with its receipt. */
export function ReceiptsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("library");
  const { state, retry } = useLoaded<List<Deletion>>("/deletions?limit=50");
  return (
    <Dialog open onOpenChange={onClose} title={t("receipts")} description={t("receiptsHint")}>
      <div className="-mx-2 max-h-[60dvh] overflow-y-auto px-2">
        {state.status === "loading" && <Skeleton className="h-10" />}
        {state.status === "failed" && <ProblemNote problem={state.problem} onRetry={retry} />}
        {state.status === "ready" && state.value.data.length === 0 && (
          <p className="text-soft">{t("noReceipts")}</p>
        )}
        {state.status === "ready" && (
          <ul className="divide-y divide-line">
            {state.value.data.map((deletion) => (
              <Receipt key={deletion.id} deletion={deletion} />
            ))}
          </ul>
        )}
      </div>
      <div className="flex justify-end">
        <Button onClick={onClose}>{t("close", { ns: "everywhere" })}</Button>
      </div>
    </Dialog>
  );
}

function Receipt({ deletion }: { deletion: Deletion }) {
  const { t } = useTranslation("library");
  const { moment } = useQuantities();
  const [isOpen, setOpen] = useState(false);
  const [shown] = useState([deletion]);
  const { subject, state, requested_at } = deletion;
  return (
    <li className="grid gap-2 py-1">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="flex min-h-11 items-center gap-3 rounded-lg text-start hover:text-sea"
      >
        <span className="grid min-w-0 flex-1">
          <span className="font-medium">{t(`receiptOf.${subject}`)}</span>
          <span className="text-sm text-soft">{moment(requested_at)}</span>
        </span>
        <span className="text-sm text-soft">{t(`receiptState.${state}`)}</span>
        <ChevronDown
          className={`size-4 shrink-0 transition-transform ${isOpen ? "rotate-180" : ""}`}
          aria-hidden="true"
        />
      </button>
      {isOpen && <ReceiptView deletions={shown} />}
    </li>
  );
}
