import { useTranslation } from "react-i18next";
import type { Billing } from "../api/shapes.ts";
import { Button } from "../components/ui/button.tsx";

type Props = { billing: Billing; isLeaving: boolean; onFix: () => void };

/** That a payment is overdue, what it means, and where to put it right. */
export function OverdueNotice({ billing, isLeaving, onFix }: Props) {
  const { t } = useTranslation("usage");
  return (
    <div className="grid justify-items-start gap-3 rounded-xl bg-red-wash p-4" role="alert">
      <p>
        <strong>{t("overdueTitle")}.</strong> {t(billing.plan === "pro" ? "overdueOnPro" : "overdueOnFree")}
      </p>
      <Button disabled={isLeaving} onClick={onFix}>
        {isLeaving ? t("leaving") : t("fixPayment")}
      </Button>
    </div>
  );
}
