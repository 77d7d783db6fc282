import { Link, useLocation } from "@remix-run/react";
import { Gauge, X } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { readJson } from "../api/client.ts";
import type { UsageReport } from "../api/shapes.ts";
import { useSettled } from "../ask/use-thread.ts";
import { IconButton } from "../components/ui/button.tsx";
import { useQuantities } from "../i18n/use-quantities.ts";
import { type PressingLimit, pressingLimits } from "./pressing-limits.ts";
import { amountOf } from "./quota-words.ts";

/** Between two looks at the usage when nothing is done here: others of the workspace use it too. Milliseconds. */
const LOOK_MS = 5 * 60 * 1_000;

/** A line over every page once a limit of the plan is near; once it is reached, what stops and what goes on. */
export function LimitBanner() {
  const { t } = useTranslation("plan");
  const { pathname } = useLocation();
  const usage = useUsage();
  const [hidden, setHidden] = useState<string | null>(null);
  const [limit] = usage ? pressingLimits(usage.metrics) : [];
  // The page that shows the meters says it itself.
  if (!usage || !limit || pathname === "/plan") return null;
  const name = `ancre.limit.${limit.metric}.${limit.level}.${usage.period_start}`;
  if (limit.level === "near" && (hidden === name || sessionStorage.getItem(name))) return null;
  const hide = () => {
    sessionStorage.setItem(name, "hidden");
    setHidden(name);
  };
  return (
    <section
      aria-label={t("limits")}
      className={`flex items-center gap-3 border-b border-line px-4 py-2 text-sm ${limit.level === "full" ? "bg-amber-wash" : "bg-sunken"}`}
      data-limit={limit.level}
    >
      <Gauge
        className={`size-4 shrink-0 ${limit.level === "full" ? "text-amber" : "text-soft"}`}
        aria-hidden="true"
      />
      <p className="min-w-0 flex-1">
        <LimitWords limit={limit} />{" "}
        <Link to="/plan" className="font-medium whitespace-nowrap text-sea underline">
          {t("see")}
        </Link>
      </p>
      {limit.level === "near" && (
        <IconButton label={t("hide")} onClick={hide}>
          <X aria-hidden="true" />
        </IconButton>
      )}
    </section>
  );
}

function LimitWords({ limit: { metric, level, share, limit, resets_at } }: { limit: PressingLimit }) {
  const { t } = useTranslation("plan");
  const usage = useTranslation("usage").t;
  const quantities = useQuantities();
  const date = resets_at && quantities.date(resets_at);
  if (level === "near") {
    const facts = {
      metric: usage(`metrics.${metric}`),
      share: quantities.percent(share),
      limit: amountOf(metric, limit, quantities),
    };
    return <>{date ? t("nearMonthly", { ...facts, date }) : t("nearHeld", facts)}</>;
  }
  const stop = usage(`stops.${metric}`);
  return (
    <>
      <strong>
        {date
          ? usage("fullUntil", { stop, date })
          : usage("full", { stop, relief: usage(`reliefs.${metric}`) })}
      </strong>{" "}
      {t(`goesOn.${metric}`)}
    </>
  );
}

/** What the workspace has used, looked at again after each answer and now and then; null while it isn't known. */
function useUsage(): UsageReport | null {
  const [usage, setUsage] = useState<UsageReport | null>(null);
  const settled = useSettled();
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: an answer and another page are reasons to look again
  useEffect(() => {
    const controller = new AbortController();
    const look = () =>
      readJson<UsageReport>("/usage", { signal: controller.signal }).then(setUsage, () => undefined);
    void look();
    const timer = setInterval(look, LOOK_MS);
    return () => {
      clearInterval(timer);
      controller.abort();
    };
  }, [settled, pathname]);
  return usage;
}
