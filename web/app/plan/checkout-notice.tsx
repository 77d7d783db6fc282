import { useEffect, useState } from "react";
import { useMessages } from "../i18n/messages.ts";
import type { CheckoutReturn } from "./checkout-return.ts";

type Props = { state: CheckoutReturn; onWait: () => void; onDismiss: () => void };

/** What became of a visit to the payment page, seen and spoken. */
export function CheckoutNotice({ state, onWait, onDismiss }: Props) {
  const {
    plan: { checkout: t },
  } = useMessages();
  const words = state === "none" ? "" : t[state];
  // Screen readers speak what changes within a live region, not what it comes with.
  const [spoken, setSpoken] = useState("");
  useEffect(() => setSpoken(words), [words]);
  return (
    <>
      <p className="visually-hidden" role="status">
        {spoken}
      </p>
      {state !== "none" && (
        <div className="notice" data-state={state}>
          <p>
            {state === "waiting" && <span className="pulse" aria-hidden="true" />}
            {words}
          </p>
          {state === "late" && (
            <div className="actions">
              <button type="button" onClick={onWait}>
                {t.wait}
              </button>
              <button type="button" className="quiet" onClick={onDismiss}>
                {t.dismiss}
              </button>
            </div>
          )}
        </div>
      )}
    </>
  );
}
