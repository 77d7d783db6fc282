import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/ui/button.tsx";
import type { CheckoutReturn } from "./checkout-return.ts";

type Props = { state: CheckoutReturn; onWait: () => void; onDismiss: () => void };

/** What became of a visit to the payment page, seen and spoken. */
export function CheckoutNotice({ state, onWait, onDismiss }: Props) {
  const { t } = useTranslation("usage");
  const words = state === "none" ? "" : t(`checkout.${state}`);
  // Screen readers speak what changes within a live region, not what it comes with.
  const [spoken, setSpoken] = useState("");
  useEffect(() => setSpoken(words), [words]);
  return (
    <>
      <p className="sr-only" role="status">
        {spoken}
      </p>
      {state !== "none" && (
        <div className="grid justify-items-start gap-3 rounded-xl bg-sea-wash p-4" data-checkout={state}>
          <p className="flex items-center gap-2.5">
            {state === "waiting" && (
              <span className="size-2 animate-breathe rounded-full bg-sea" aria-hidden="true" />
            )}
            {words}
          </p>
          {state === "late" && (
            <div className="flex gap-2">
              <Button size="small" onClick={onWait}>
                {t("checkout.wait")}
              </Button>
              <Button size="small" look="quiet" onClick={onDismiss}>
                {t("checkout.dismiss")}
              </Button>
            </div>
          )}
        </div>
      )}
    </>
  );
}
