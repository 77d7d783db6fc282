import type { Billing } from "../api/shapes.ts";
import { useMessages } from "../i18n/messages.ts";

type Props = { billing: Billing; isLeaving: boolean; onFix: () => void };

/** That a payment is overdue, what it means, and where to put it right. */
export function OverdueNotice({ billing, isLeaving, onFix }: Props) {
  const { plan: t } = useMessages();
  return (
    <div className="notice" data-state="overdue" role="alert">
      <p>
        <strong>{t.overdueTitle}.</strong> {t.overdue(billing.plan)}
      </p>
      <button type="button" disabled={isLeaving} onClick={onFix}>
        {isLeaving ? t.leaving : t.fixPayment}
      </button>
    </div>
  );
}
