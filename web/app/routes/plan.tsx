import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import {
  type ClientLoaderFunctionArgs,
  useLoaderData,
  useRevalidator,
  useRouteError,
} from "@remix-run/react";
import { ApiProblem, asProblem, rethrowUnreachable } from "../api/problem.ts";
import { requestLocale } from "../i18n/locale.ts";
import { messagesOf, useLocale, useMessages } from "../i18n/messages.ts";
import { CheckoutNotice } from "../plan/checkout-notice.tsx";
import { HistoryTable } from "../plan/history-table.tsx";
import { loadPlan } from "../plan/load-plan.ts";
import { OverdueNotice } from "../plan/overdue-notice.tsx";
import { PlanComparison } from "../plan/plan-comparison.tsx";
import { PlanSkeleton } from "../plan/plan-skeleton.tsx";
import { Subscription } from "../plan/subscription.tsx";
import { UsageMeters } from "../plan/usage-meters.tsx";
import { useBillingPage } from "../plan/use-billing-page.ts";
import { useCheckoutReturn } from "../plan/use-checkout-return.ts";
import type { loader as rootLoader } from "../root.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";

export const meta: MetaFunction<typeof loader, { root: typeof rootLoader }> = ({ matches }) => {
  const root = matches.find(({ id }) => id === "root")?.data;
  return [{ title: `${messagesOf(root?.locale ?? "en").plan.title} — Ancre` }];
};

export function loader({ request }: LoaderFunctionArgs) {
  return { locale: requestLocale(request) };
}

export async function clientLoader({ serverLoader }: ClientLoaderFunctionArgs) {
  const { locale } = await serverLoader<typeof loader>().catch(rethrowUnreachable);
  return loadPlan(locale);
}
clientLoader.hydrate = true;

export { PlanSkeleton as HydrateFallback };

export default function PlanRoute() {
  const { usage, plans, billing, history } = useLoaderData<typeof clientLoader>();
  const { plan: t } = useMessages();
  const locale = useLocale();
  const { revalidate } = useRevalidator();
  const checkout = useCheckoutReturn(usage.plan, locale);
  const { pending, problem, open } = useBillingPage(locale, revalidate);
  const seen = billing instanceof ApiProblem ? null : billing;
  return (
    <main className="plan" id="content" tabIndex={-1}>
      <header className="plan-head">
        <h1>{t.title}</h1>
        <p>{t.planIn(usage.plan, usage.period_start)}</p>
      </header>
      <CheckoutNotice state={checkout.state} onWait={checkout.wait} onDismiss={checkout.dismiss} />
      {seen?.payment_overdue && (
        <OverdueNotice billing={seen} isLeaving={pending !== null} onFix={() => open("portal")} />
      )}
      <UsageMeters usage={usage} canUpgrade={usage.plan === "free" && seen !== null} />
      <div className="plan-columns">
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
      <HistoryTable history={history} onRetry={revalidate} />
    </main>
  );
}

export function ErrorBoundary() {
  const { revalidate } = useRevalidator();
  return (
    <main className="workspace-failure">
      <ProblemNote problem={asProblem(useRouteError())} onRetry={revalidate} />
    </main>
  );
}
