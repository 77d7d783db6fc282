import { useTranslation } from "react-i18next";
import type { Turn } from "./turn.ts";

/** What is being waited for, with the real numbers. */
export function StageLine({ turn, collections }: { turn: Turn; collections: number }) {
  const { status, sources, isReconnecting } = turn;
  const { t } = useTranslation("ask");
  const words = {
    searching: t("searching", { count: collections }),
    reading: t("reading", { count: sources.length }),
    writing: t("writing"),
  };
  return (
    <p className="flex items-center gap-2.5 text-sm text-soft" role="status" data-stage>
      <span className="size-2 animate-breathe rounded-full bg-sea" aria-hidden="true" />
      {isReconnecting ? t("reconnecting") : status in words ? words[status as keyof typeof words] : ""}
    </p>
  );
}
