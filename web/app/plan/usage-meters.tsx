import { cx } from "class-variance-authority";
import { useTranslation } from "react-i18next";
import type { Metric, UsageMetric, UsageReport } from "../api/shapes.ts";
import { useQuantities } from "../i18n/use-quantities.ts";
import { type MeterLevel, meterLevel, shareUsed } from "./meter-level.ts";
import { amountOf } from "./quota-words.ts";

/** What is met first comes first, whatever the API's order. */
const ORDER: Metric[] = ["questions", "pages", "documents", "storage_bytes", "assistants", "members"];

const FILL: Record<MeterLevel, string> = { calm: "fill-sea", near: "fill-amber", full: "fill-red" };

/** The month's use of the plan as one meter a limit, and what the models took. */
export function UsageMeters({ usage, canUpgrade }: { usage: UsageReport; canUpgrade: boolean }) {
  const { t } = useTranslation("usage");
  const { money } = useQuantities();
  const { metrics, tokens, cost } = usage;
  const known = ORDER.flatMap((name) => metrics.filter(({ metric }) => metric === name));
  return (
    <section aria-labelledby="usage-title" className="grid gap-4">
      <h2 id="usage-title" className="text-lg font-semibold">
        {t("thisMonth")}
      </h2>
      <ul className="grid gap-x-10 gap-y-6 sm:grid-cols-2 lg:grid-cols-3">
        {known.map((metric) => (
          <UsageMeter key={metric.metric} metric={metric} canUpgrade={canUpgrade} />
        ))}
      </ul>
      <p className="text-sm text-soft">
        {t("models", {
          tokens: tokens.embedding + tokens.prompt + tokens.completion,
          cost: money(cost.amount, cost.currency),
        })}
      </p>
    </section>
  );
}

function UsageMeter({ metric, canUpgrade }: { metric: UsageMetric; canUpgrade: boolean }) {
  const { t } = useTranslation("usage");
  const quantities = useQuantities();
  const { percent, date } = quantities;
  const { metric: name, used, limit, resets_at } = metric;
  const level = meterLevel(used, limit);
  const usedOf = t("usedOf", {
    used: amountOf(name, used, quantities),
    limit: amountOf(name, limit, quantities),
  });
  const share = shareUsed(used, limit);
  const relief = resets_at
    ? t("resets", { date: date(resets_at) })
    : t(name === "members" ? "heldMembers" : "held");
  return (
    <li className="grid content-start gap-1.5" data-level={level}>
      <p className="flex items-baseline justify-between gap-3">
        <span className="font-medium" id={`meter-${name}`}>
          {t(`metrics.${name}`)}
        </span>
        <span className="text-sm">{usedOf}</span>
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: Chromium draws <meter> its own way and drops its text */}
      <svg
        role="meter"
        aria-labelledby={`meter-${name}`}
        aria-valuemin={0}
        aria-valuemax={limit}
        aria-valuenow={Math.min(used, limit)}
        aria-valuetext={`${usedOf} (${percent(share)})`}
        viewBox="0 0 1 1"
        preserveAspectRatio="none"
        className="h-1.5 w-full rounded-full bg-line"
      >
        <rect className={FILL[level]} width={Math.min(share, 1)} height={1} />
      </svg>
      <p className="text-sm text-soft">
        {level === "full" ? percent(share) : `${percent(share)} · ${relief}`}
      </p>
      {level !== "calm" && (
        <p className={cx("text-sm font-medium", level === "near" ? "text-amber" : "text-red")}>
          {level === "near" ? t("near") : <FullWords metric={metric} canUpgrade={canUpgrade} />}
        </p>
      )}
    </li>
  );
}

function FullWords({
  metric: { metric, resets_at },
  canUpgrade,
}: {
  metric: UsageMetric;
  canUpgrade: boolean;
}) {
  const { t } = useTranslation("usage");
  const { date } = useQuantities();
  const stop = t(`stops.${metric}`);
  const words = resets_at
    ? t("fullUntil", { stop, date: date(resets_at) })
    : t("full", { stop, relief: t(`reliefs.${metric}`) });
  return (
    <>
      {words} {canUpgrade && t("proAllowsMore")}
    </>
  );
}
