import { useEffect, useRef } from "react";
import { ApiProblem } from "../api/problem.ts";
import type { Billing } from "../api/shapes.ts";
import { useMessages } from "../i18n/messages.ts";
import { ProblemNote } from "../ui/problem-note.tsx";
import { type BillingOffer, billingOffer } from "./billing-offer.ts";
import type { BillingPage } from "./use-billing-page.ts";

type Props = {
  billing: Billing | ApiProblem;
  /** Whether a payment may be on its way: then nothing is sold. */
  isPaying: boolean;
  pending: BillingPage | null;
  problem: ApiProblem | null;
  onOpen: (page: BillingPage) => void;
  onRetry: () => void;
};

/** The subscription's state, and the one button that leads on from it. */
export function Subscription({ billing, ...rest }: Props) {
  const t = useMessages();
  return (
    <section className="subscription" aria-labelledby="subscription-title">
      <h2 id="subscription-title">{t.plan.subscription}</h2>
      {billing instanceof ApiProblem ? (
        <Unseen problem={billing} onRetry={rest.onRetry} />
      ) : (
        <SubscriptionState billing={billing} {...rest} />
      )}
    </section>
  );
}

function Unseen({ problem, onRetry }: { problem: ApiProblem; onRetry: () => void }) {
  const t = useMessages();
  if (problem.code === "forbidden") return <p>{t.plan.managersOnly}</p>;
  if (problem.code === "billing_unavailable") return <p>{t.problems.billing_unavailable}</p>;
  return <ProblemNote problem={problem} onRetry={onRetry} />;
}

function SubscriptionState({
  billing,
  isPaying,
  pending,
  problem,
  onOpen,
  onRetry,
}: Props & { billing: Billing }) {
  const { plan: t } = useMessages();
  const offer = billingOffer(billing);
  const button = useRef<HTMLButtonElement>(null);
  // A disabled button loses focus; one that failed gets it back.
  useEffect(() => {
    if (problem && !document.activeElement?.closest("a, button")) button.current?.focus();
  }, [problem]);
  const page = offer === "upgrade" ? "checkout" : "portal";
  const label = { upgrade: t.upgrade, manage: t.manage, none: "" };
  return (
    <>
      <StateWords billing={billing} offer={offer} />
      {offer !== "none" && !(offer === "upgrade" && isPaying) && (
        <button
          ref={button}
          type="button"
          className={offer === "upgrade" ? "primary" : ""}
          disabled={pending !== null}
          onClick={() => onOpen(page)}
        >
          {pending === page ? t.leaving : label[offer]}
        </button>
      )}
      {problem && <ProblemNote problem={problem} {...(problem.code === "conflict" ? { onRetry } : {})} />}
      {billing.test_mode && <p className="test-mode">{t.testMode}</p>}
    </>
  );
}

function StateWords({ billing, offer }: { billing: Billing; offer: BillingOffer }) {
  const { plan: t } = useMessages();
  const { plan, price, cancels_at, current_period_end, payment_overdue } = billing;
  if (offer === "upgrade") {
    return (
      <>
        <p>{t.freeNow}</p>
        <p className="pitch">
          {price && <strong>{t.price(price)}. </strong>}
          {t.proPitch}
        </p>
      </>
    );
  }
  if (offer === "none") return <p>{t.proGiven}</p>;
  if (plan === "free") return <p>{t.freeNow}</p>;
  if (cancels_at) return <p>{t.ends(cancels_at)}</p>;
  return (
    <p>
      {t.proNow} {current_period_end && !payment_overdue && t.renews(current_period_end)}
    </p>
  );
}
