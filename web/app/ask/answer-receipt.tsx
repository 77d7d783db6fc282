import type { Receipt } from "../api/shapes.ts";
import { useMessages } from "../i18n/messages.ts";
import { splitTime } from "./time-split.ts";

/** What an answer took, one click away: tokens, cost, where the time went, passages used. */
export function AnswerReceipt({ receipt }: { receipt: Receipt }) {
  const { receipt: t } = useMessages();
  const { tokens, cost, model, passages, counted, time } = receipt;
  const split = t.tokenSplit(tokens.prompt, tokens.completion, tokens.embedding);
  return (
    <details className="receipt">
      <summary>{t.title}</summary>
      <dl>
        <dt>{t.time}</dt>
        <dd>
          <TimeSplit time={time} />
        </dd>
        <dt>{t.tokens}</dt>
        <dd>{tokens.estimated ? `${split} (${t.estimated})` : split}</dd>
        <dt>{t.cost}</dt>
        <dd>{cost ? t.money(cost.amount, cost.currency) : t.costUnknown}</dd>
        {model && <dt>{t.model}</dt>}
        {model && <dd>{model}</dd>}
        <dt>{t.passages}</dt>
        <dd>{t.cited(passages.filter(({ cited }) => cited).length, passages.length)}</dd>
      </dl>
      {!counted && <p>{t.notCounted}</p>}
    </details>
  );
}

/** The time as words, and as one thin bar for the eye. */
function TimeSplit({ time }: { time: Receipt["time"] }) {
  const { receipt: t } = useMessages();
  const steps = splitTime(time);
  const whole = steps.reduce((sum, { ms }) => sum + ms, 0);
  const from = (index: number) => steps.slice(0, index).reduce((sum, { ms }) => sum + ms, 0);
  return (
    <>
      {t.seconds(time.total)}
      {/* A drawing, because the page's security policy refuses widths in style attributes. */}
      <svg className="time-bar" viewBox={`0 0 ${whole} 1`} preserveAspectRatio="none" aria-hidden="true">
        {steps.map(({ step, ms }, index) => (
          <rect key={step} data-step={step} x={from(index)} width={ms} height={1} />
        ))}
      </svg>
      <span className="time-steps">
        {steps.map(({ step, ms }) => (
          <span key={step} data-step={step}>
            {t.steps[step]} {t.seconds(ms)}
          </span>
        ))}
      </span>
    </>
  );
}
