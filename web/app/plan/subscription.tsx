import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../api/problem.ts";
import type { Billing } from "../api/shapes.ts";
import { ProblemNote } from "../components/problem-note.tsx";
import { Button } from "../components/ui/button.tsx";
import { useQuantities } from "../i18n/use-quantities.ts";
import { type BillingOffer, billingOffer } from "./billing-offer.ts";
import type { BillingPage } from "./use-billing-page.ts";
import { usePriceWords } from "./use-price-words.ts";

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
  const { t } = useTranslation("usage");
  return (
    <section aria-labelledby="subscription-title" className="grid content-start justify-items-start gap-3">
      <h2 id="subscription-title" className="text-lg font-semibold">
        {t("subscription")}
      </h2>
      {billing instanceof ApiProblem ? (
        <Unseen problem={billing} onRetry={rest.onRetry} />
      ) : (
        <SubscriptionState billing={billing} {...rest} />
      )}
    </section>
  );
}

function Unseen({ problem, onRetry }: { problem: ApiProblem; onRetry: () => void }) {
  const { t } = useTranslation("usage");
  if (problem.code === "forbidden") return <p>{t("managersOnly")}</p>;
  if (problem.code === "billing_unavailable") return <p>{t("billing_unavailable", { ns: "problems" })}</p>;
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
  const { t } = useTranslation("usage");
  const offer = billingOffer(billing);
  const button = useRef<HTMLButtonElement>(null);
  // A disabled button loses focus; one that failed gets it back.
  useEffect(() => {
    if (problem && !document.activeElement?.closest("a, button")) button.current?.focus();
  }, [problem]);
  const page = offer === "upgrade" ? "checkout" : "portal";
  return (
    <>
      <StateWords billing={billing} offer={offer} />
      {offer !== "none" && !(offer === "upgrade" && isPaying) && (
        <Button
          ref={button}
          look={offer === "upgrade" ? "primary" : "outline"}
          disabled={pending !== null}
          onClick={() => onOpen(page)}
        >
          {pending === page ? t("leaving") : t(offer)}
        </Button>
      )}
      {problem && <ProblemNote problem={problem} {...(problem.code === "conflict" ? { onRetry } : {})} />}
      {billing.test_mode && <p className="text-sm text-soft">{t("testMode")}</p>}
    </>
  );
}

function StateWords({ billing, offer }: { billing: Billing; offer: BillingOffer }) {
  const { t } = useTranslation("usage");
  const { date } = useQuantities();
  const priceWords = usePriceWords();
  const { plan, price, cancels_at, current_period_end, payment_overdue } = billing;
  if (offer === "upgrade") {
    return (
      <>
        <p>{t("freeNow")}</p>
        <p className="text-soft">
          {price && <strong className="text-ink">{priceWords(price)}. </strong>}
          {t("proPitch")}
        </p>
      </>
    );
  }
  if (offer === "none") return <p>{t("proGiven")}</p>;
  if (plan === "free") return <p>{t("freeNow")}</p>;
  if (cancels_at) return <p>{t("ends", { date: date(cancels_at) })}</p>;
  return (
    <p>
      {t("proNow")}{" "}
      {current_period_end && !payment_overdue && t("renews", { date: date(current_period_end) })}
    </p>
  );
}
