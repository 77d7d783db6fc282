import type { Metric, UsageMetric, UsageReport } from "../api/shapes.ts";
import { useMessages } from "../i18n/messages.ts";
import { meterLevel, shareUsed } from "./meter-level.ts";

/** What is met first comes first, whatever the API's order. */
const ORDER: Metric[] = ["questions", "pages", "documents", "storage_bytes", "assistants", "members"];

/** The month's use of the plan as one meter a limit, and what the models took. */
export function UsageMeters({ usage, canUpgrade }: { usage: UsageReport; canUpgrade: boolean }) {
  const { plan: t } = useMessages();
  const { metrics, tokens, cost } = usage;
  const known = ORDER.flatMap((name) => metrics.filter(({ metric }) => metric === name));
  return (
    <section aria-labelledby="usage-title">
      <h2 id="usage-title">{t.usage}</h2>
      <ul className="meters">
        {known.map((metric) => (
          <UsageMeter key={metric.metric} metric={metric} canUpgrade={canUpgrade} />
        ))}
      </ul>
      <p className="soft">
        {t.models(tokens.embedding + tokens.prompt + tokens.completion, t.money(cost.amount, cost.currency))}
      </p>
    </section>
  );
}

function UsageMeter({ metric, canUpgrade }: { metric: UsageMetric; canUpgrade: boolean }) {
  const { plan: t } = useMessages();
  const { metric: name, used, limit, resets_at } = metric;
  const level = meterLevel(used, limit);
  const usedOf = t.usedOf(name, used, limit);
  const share = shareUsed(used, limit);
  return (
    <li className="usage-meter" data-level={level}>
      <p className="meter-line">
        <span className="meter-name" id={`meter-${name}`}>
          {t.metrics[name]}
        </span>
        <span className="meter-used">{usedOf}</span>
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: Chromium draws <meter> its own way and drops its text */}
      <svg
        className="meter-bar"
        role="meter"
        aria-labelledby={`meter-${name}`}
        aria-valuemin={0}
        aria-valuemax={limit}
        aria-valuenow={Math.min(used, limit)}
        aria-valuetext={`${usedOf} (${t.share(share)})`}
        viewBox="0 0 1 1"
        preserveAspectRatio="none"
      >
        <rect width={Math.min(share, 1)} height={1} />
      </svg>
      <p className="soft">
        {level === "full"
          ? t.share(share)
          : `${t.share(share)} · ${resets_at ? t.resets(resets_at) : t.held(name)}`}
      </p>
      {level !== "calm" && (
        <p className="meter-word">{level === "near" ? t.near : t.full(name, resets_at, canUpgrade)}</p>
      )}
    </li>
  );
}
