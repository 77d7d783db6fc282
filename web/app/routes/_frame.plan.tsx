import { useLoaderData, useRevalidator, useRouteError } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { ApiProblem, asProblem } from "../api/problem.ts";
import { ProblemPage } from "../components/problem-page.tsx";
import { PageHeader } from "../frame/page-header.tsx";
import { pageTitle } from "../frame/page-title.ts";
import { useQuantities } from "../i18n/use-quantities.ts";
import { CheckoutNotice } from "../plan/checkout-notice.tsx";
import { History } from "../plan/history.tsx";
import { loadPlan } from "../plan/load-plan.ts";
import { OverdueNotice } from "../plan/overdue-notice.tsx";
import { PlanComparison } from "../plan/plan-comparison.tsx";
import { PlanSkeleton } from "../plan/plan-skeleton.tsx";
import { Subscription } from "../plan/subscription.tsx";
import { UsageMeters } from "../plan/usage-meters.tsx";
import { useBillingPage } from "../plan/use-billing-page.ts";
import { useCheckoutReturn } from "../plan/use-checkout-return.ts";

export const meta = pageTitle("usage");

export function clientLoader() {
  return loadPlan();
}
clientLoader.hydrate = true;

export { PlanSkeleton as HydrateFallback };

export default function PlanRoute() {
  const { usage, plans, billing, history } = useLoaderData<typeof clientLoader>();
  const { t } = useTranslation("usage");
  const { month } = useQuantities();
  const { revalidate } = useRevalidator();
  const checkout = useCheckoutReturn(usage.plan);
  const { pending, problem, open } = useBillingPage(revalidate);
  const seen = billing instanceof ApiProblem ? null : billing;
  return (
    <main id="content" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col">
      <PageHeader title={t("title")}>
        <p className="text-sm text-soft max-sm:hidden">
          {t("planIn", { plan: t(`planNames.${usage.plan}`), month: month(usage.period_start) })}
        </p>
      </PageHeader>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto grid max-w-5xl gap-10 p-4 sm:p-6">
          <CheckoutNotice state={checkout.state} onWait={checkout.wait} onDismiss={checkout.dismiss} />
          {seen?.payment_overdue && (
            <OverdueNotice billing={seen} isLeaving={pending !== null} onFix={() => open("portal")} />
          )}
          <UsageMeters usage={usage} canUpgrade={usage.plan === "free" && seen !== null} />
          <div className="grid gap-10 lg:grid-cols-[20rem_1fr]">
            <Subscription
              billing={billing}
              isPaying={checkout.state === "waiting" || checkout.state === "late"}
              pending={pending}
              problem={problem}
              onOpen={open}
              onRetry={revalidate}
            />
            <PlanComparison plans={plans} current={usage.plan} price={seen?.price} />
          </div>
          <History history={history} onRetry={revalidate} />
        </div>
      </div>
    </main>
  );
}

export function ErrorBoundary() {
  const { t } = useTranslation();
  const { revalidate } = useRevalidator();
  return <ProblemPage title={t("crashTitle")} problem={asProblem(useRouteError())} onRetry={revalidate} />;
}
