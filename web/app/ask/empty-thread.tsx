import { Link } from "@remix-run/react";
import { FilePlus2, Sparkles } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Assistant } from "../api/shapes.ts";
import { AnchorMark } from "../components/anchor-mark.tsx";
import { keepSigns } from "../components/keep-signs.ts";
import { buttonStyle } from "../components/ui/button.tsx";
import { useLocale } from "../i18n/use-locale.ts";
import type { Reading } from "./load-ask.ts";
import { relativeTime } from "./relative-time.ts";

type Props = { assistant: Assistant | null; reading: Reading; onAsk: (question: string) => void };

/** Before the first question: what can be asked, and of what. */
export function EmptyThread({ assistant, reading, onAsk }: Props) {
  const { t } = useTranslation("ask");
  const locale = useLocale();
  const questions = assistant?.suggested_questions ?? [];
  const { documents, newest } = reading;
  if (documents === 0) {
    return (
      <div className="grid justify-items-start gap-4 pt-[8vh]">
        <AnchorMark className="size-10" />
        <h2 className="text-2xl font-semibold">{t("emptyTitle")}</h2>
        <p className="max-w-prose text-soft">{t("emptyHint")}</p>
        <div className="flex flex-wrap gap-2">
          <Link to="/start" className={buttonStyle({ look: "primary" })}>
            <Sparkles aria-hidden="true" />
            {t("start")}
          </Link>
          <Link to="/library" className={buttonStyle()}>
            <FilePlus2 aria-hidden="true" />
            {t("addDocuments")}
          </Link>
        </div>
      </div>
    );
  }
  return (
    <div className="grid gap-6 pt-[8vh]">
      <div className="grid gap-2">
        <h2 className="text-2xl font-semibold text-balance">
          {keepSigns(assistant?.greeting || t("greeting"))}
        </h2>
        <p className="text-soft">{t("promise")}</p>
        <p className="text-sm text-soft">
          {t("hasRead", { documents: t("documents", { ns: "everywhere", count: documents }) })}
          {newest && ` · ${t("lastAdded", { when: relativeTime(newest, new Date(), locale) })}`}
        </p>
      </div>
      {reading.isReadable && questions.length > 0 && (
        <ul className="grid gap-2 sm:grid-cols-2" aria-label={t("suggestions")}>
          {questions.map((question) => (
            <li key={question} className="grid">
              <button
                type="button"
                onClick={() => onAsk(question)}
                className="rounded-xl border border-line p-3.5 text-start transition-colors hover:border-sea hover:bg-sea-wash"
              >
                {keepSigns(question)}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
