import { cx } from "class-variance-authority";
import { useTranslation } from "react-i18next";
import type { Receipt } from "../api/shapes.ts";
import { useQuantities } from "../i18n/use-quantities.ts";
import { type Step, splitTime } from "./time-split.ts";

const FILL: Record<Step, string> = {
  preparing: "fill-control",
  searching: "fill-sea",
  waiting: "fill-soft",
  writing: "fill-sea-strong",
  rest: "fill-line",
};

/** What an answer took: where the time went, tokens, cost, passages used. */
export function AnswerReceipt({ receipt }: { receipt: Receipt }) {
  const { t } = useTranslation("ask");
  const { money } = useQuantities();
  const { tokens, cost, model, passages, counted, time, retrieval } = receipt;
  const split = t("receipt.tokenSplit", tokens);
  const rows = [
    { name: t("receipt.tokens"), value: tokens.estimated ? `${split} (${t("receipt.estimated")})` : split },
    { name: t("receipt.cost"), value: cost ? money(cost.amount, cost.currency) : t("receipt.costUnknown") },
    ...(model ? [{ name: t("receipt.model"), value: model }] : []),
    {
      name: t("receipt.passages"),
      value: t("receipt.cited", {
        cited: passages.filter(({ cited }) => cited).length,
        total: passages.length,
      }),
    },
  ];
  return (
    <dl className="grid gap-x-6 gap-y-2 text-sm sm:grid-cols-[max-content_1fr]" data-receipt>
      <dt className="text-soft">{t("receipt.time")}</dt>
      <dd>
        <TimeSplit time={time} />
      </dd>
      {rows.map(({ name, value }) => (
        <div key={name} className="contents">
          <dt className="text-soft">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      {retrieval === "full_text" && <dd className="col-span-full">{t("receipt.fullText")}</dd>}
      {!counted && <dd className="col-span-full text-soft">{t("receipt.notCounted")}</dd>}
    </dl>
  );
}

/** The time as words, and as one thin bar for the eye. */
function TimeSplit({ time }: { time: Receipt["time"] }) {
  const { t } = useTranslation("ask");
  const { seconds } = useQuantities();
  const steps = splitTime(time);
  const whole = steps.reduce((sum, { ms }) => sum + ms, 0);
  const from = (index: number) => steps.slice(0, index).reduce((sum, { ms }) => sum + ms, 0);
  return (
    <>
      {seconds(time.total)}
      <svg
        className="my-1.5 block h-1.5 w-full overflow-hidden rounded-full"
        viewBox={`0 0 ${Math.max(1, whole)} 1`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {steps.map(({ step, ms }, index) => (
          <rect key={step} className={FILL[step]} x={from(index)} width={ms} height={1} />
        ))}
      </svg>
      <span className="flex flex-wrap gap-x-4 gap-y-0.5 text-[0.8125rem] text-soft">
        {steps.map(({ step, ms }) => (
          <span key={step} className="inline-flex items-center gap-1.5">
            <svg viewBox="0 0 1 1" className={cx("size-2 rounded-full", FILL[step])} aria-hidden="true">
              <rect width={1} height={1} />
            </svg>
            {t(`receipt.steps.${step}`)} {seconds(ms)}
          </span>
        ))}
      </span>
    </>
  );
}
