import { Link } from "@remix-run/react";
import { KeyRound, MessageCircleQuestion } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { curlLine } from "../api/curl-line.ts";
import { CodeLine } from "../components/code-line.tsx";
import { buttonStyle } from "../components/ui/button.tsx";

/** In the place of a key: the real one was shown when it was made. */
const KEY_PLACE = "anc_…";

type Props = { id: string; name: string; question: string | undefined; isNew: boolean };

/** How a saved assistant is put to use. */
export function Publish({ id, name, question, isNew }: Props) {
  const { t } = useTranslation("assistants");
  const title = useRef<HTMLHeadingElement>(null);
  // What comes of making one stands at the form's top: shown and announced.
  useEffect(() => {
    if (isNew) title.current?.focus();
  }, [isNew]);
  const line = curlLine({
    origin: window.location.origin,
    key: KEY_PLACE,
    path: `/chat/${id}`,
    body: { message: question || t("sampleQuestion") },
  });
  return (
    <section
      aria-labelledby="publish"
      className={isNew ? "grid grid-cols-1 gap-3 rounded-2xl bg-sea-wash p-5" : "grid grid-cols-1 gap-3"}
      data-publish
    >
      <h2
        id="publish"
        ref={title}
        tabIndex={-1}
        className={isNew ? "font-semibold" : "border-b border-line pb-2 font-semibold"}
      >
        {isNew ? t("createdTitle", { name }) : t("publishTitle")}
      </h2>
      <p className="text-soft">{t("publishHint")}</p>
      <CodeLine label={t("curl")} act={t("copyCurl")} text={line} />
      <div className="flex flex-wrap gap-2">
        <Link to={`/settings/keys?assistant=${id}`} className={buttonStyle({ size: "small" })}>
          <KeyRound aria-hidden="true" />
          {t("makeKey")}
        </Link>
        <Link to={`/ask/${id}`} className={buttonStyle({ size: "small" })}>
          <MessageCircleQuestion aria-hidden="true" />
          {t("openInAsk")}
        </Link>
      </div>
    </section>
  );
}
