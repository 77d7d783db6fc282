import { cx } from "class-variance-authority";
import { type PointerEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { UsageDay } from "../api/shapes.ts";
import { useQuantities } from "../i18n/use-quantities.ts";
import { amountOn, type Series, topOf } from "./history-days.ts";
import { useSeriesWords } from "./use-series-words.ts";

/** Units of the drawing: of a day, of its bar, and from bottom to top. A bar of something is never less than seen. */
const DAY = 10;
const BAR = 7;
const HEIGHT = 100;
const LEAST = 1.5;

/**
 * One bar a day. A slider lies over it, so that the pointer, a finger, the arrow keys and a screen reader all get at
 * each day by what the browser knows already.
 */
export function HistoryChart({ days, series }: { days: UsageDay[]; series: Series }) {
  const { t } = useTranslation("plan");
  const { day: dayWords } = useQuantities();
  const amount = useSeriesWords(days);
  const [chosen, setChosen] = useState<number | null>(null);
  const values = days.map((day) => amountOn(day, series));
  const top = topOf(values);
  const wordsOf = (index: number) =>
    t("ofDay", { day: dayWords(days[index]?.period ?? ""), amount: amount(series, values[index] ?? 0) });
  const follow = ({ currentTarget, clientX }: PointerEvent) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    const at = Math.floor(((clientX - left) / width) * days.length);
    setChosen(Math.max(0, Math.min(days.length - 1, at)));
  };
  return (
    <figure className="grid grid-cols-1 gap-2" data-chart={series}>
      <figcaption className="flex min-h-6 flex-wrap gap-x-2">
        {chosen === null ? <Summary days={days} series={series} values={values} /> : wordsOf(chosen)}
      </figcaption>
      <div className="grid grid-cols-[1fr_auto] gap-x-2">
        <div className="relative h-40 rounded-md focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-sea">
          <svg
            viewBox={`0 0 ${days.length * DAY} ${HEIGHT}`}
            preserveAspectRatio="none"
            className="size-full border-y border-line"
            aria-hidden="true"
          >
            <path
              d={`M0 ${HEIGHT / 2}H${days.length * DAY}`}
              className="stroke-line"
              vectorEffect="non-scaling-stroke"
            />
            {values.map((value, index) => {
              const height = value > 0 ? Math.max(LEAST, (value / top) * HEIGHT) : 0;
              return (
                <rect
                  key={days[index]?.period}
                  x={index * DAY + (DAY - BAR) / 2}
                  y={HEIGHT - height}
                  width={BAR}
                  height={height}
                  className={chosen === null || chosen === index ? "fill-sea" : "fill-control"}
                />
              );
            })}
          </svg>
          <input
            type="range"
            min={0}
            max={days.length - 1}
            value={chosen ?? days.length - 1}
            aria-label={t("chartOf", { metric: t(`metrics.${series}`) })}
            aria-valuetext={wordsOf(chosen ?? days.length - 1)}
            onChange={({ currentTarget }) => setChosen(currentTarget.valueAsNumber)}
            onFocus={() => setChosen((now) => now ?? days.length - 1)}
            onBlur={() => setChosen(null)}
            onPointerMove={follow}
            onPointerLeave={({ currentTarget }) => {
              if (document.activeElement !== currentTarget) setChosen(null);
            }}
            className="absolute inset-0 size-full cursor-crosshair opacity-0"
          />
        </div>
        <div className="flex flex-col justify-between text-xs text-soft" aria-hidden="true">
          <span className="-translate-y-1/2">{amount(series, top)}</span>
          {(series === "cost" || Number.isInteger(top / 2)) && <span>{amount(series, top / 2)}</span>}
          <span className="translate-y-1/2">{amount(series, 0)}</span>
        </div>
        <Months days={days} />
      </div>
    </figure>
  );
}

function Summary({ days, series, values }: { days: UsageDay[]; series: Series; values: number[] }) {
  const { t } = useTranslation("plan");
  const { day } = useQuantities();
  const amount = useSeriesWords(days);
  const total = values.reduce((sum, value) => sum + value, 0);
  const greatest = values.indexOf(Math.max(...values));
  return (
    <>
      <strong>{t("total", { total: amount(series, total) })}</strong>
      {total > 0 && (
        <span className="text-soft">
          {t("busiest", {
            day: day(days[greatest]?.period ?? ""),
            amount: amount(series, values[greatest] ?? 0),
          })}
        </span>
      )}
    </>
  );
}

/** The share of the days, from the left, after which a month's name has no room before the chart's end. */
const LAST_ROOM = 0.8;

/** Each month under the bar of its first day. */
function Months({ days }: { days: UsageDay[] }) {
  const { shortMonth } = useQuantities();
  return (
    <div className="relative h-5 text-xs text-soft" aria-hidden="true">
      {days.map(
        ({ period }, index) =>
          period.endsWith("-01") && (
            <span
              key={period}
              className={cx(
                "absolute border-line whitespace-nowrap",
                index < days.length * LAST_ROOM ? "border-l pl-1" : "border-r pr-1",
              )}
              style={
                index < days.length * LAST_ROOM
                  ? { left: `${(index / days.length) * 100}%` }
                  : { right: `${(1 - index / days.length) * 100}%` }
              }
            >
              {shortMonth(period)}
            </span>
          ),
      )}
    </div>
  );
}
