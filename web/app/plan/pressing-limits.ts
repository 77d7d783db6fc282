import type { UsageMetric } from "../api/shapes.ts";
import { type MeterLevel, meterLevel, shareUsed } from "./meter-level.ts";

export type PressingLimit = UsageMetric & { level: Exclude<MeterLevel, "calm">; share: number };

/** The limits that are near or reached, the most pressing first; one seat of one taken presses nobody. */
export function pressingLimits(metrics: UsageMetric[]): PressingLimit[] {
  return metrics
    .flatMap((metric) => {
      const level = meterLevel(metric.used, metric.limit);
      const share = shareUsed(metric.used, metric.limit);
      return level === "calm" || metric.limit <= 1 ? [] : [{ ...metric, level, share }];
    })
    .sort((a, b) => b.share - a.share);
}
