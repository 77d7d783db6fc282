import { Link } from "@remix-run/react";
import { MessageCircleQuestion } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Assistant, Collection } from "../api/shapes.ts";
import { buttonStyle } from "../components/ui/button.tsx";
import { Avatar } from "./avatar.tsx";

/** Collections named on a card; the others are counted. */
const NAMED = 2;

type Props = { assistant: Assistant; collections: Collection[]; questions: number | null };

/** One assistant: what it reads, how it answers, how much it is asked. */
export function AssistantCard({ assistant, collections, questions }: Props) {
  const { t } = useTranslation("assistants");
  const { id, name, description, policy, language, collection_ids: ids } = assistant;
  const names = collections.filter((collection) => ids.includes(collection.id)).map((read) => read.name);
  const reads =
    ids.length === 0
      ? t("noCollections")
      : names.length > 0 && ids.length <= NAMED
        ? names.join(", ")
        : t("collections", { count: ids.length });
  return (
    <article className="relative flex flex-col gap-3 rounded-2xl border border-line p-5 transition-colors hover:border-sea">
      <div className="flex items-center gap-3">
        <Avatar name={name} />
        <h2 className="min-w-0 flex-1 font-semibold break-words">
          {/* The whole card leads there; the button above it keeps its own place. */}
          <Link to={`/assistants/${id}`} className="after:absolute after:inset-0 after:rounded-2xl">
            <span className="sr-only">{t("edit", { name })}</span>
            <span aria-hidden="true">{name}</span>
          </Link>
        </h2>
      </div>
      {description && <p className="line-clamp-2 text-soft">{description}</p>}
      <ul className="grid gap-0.5 text-sm text-soft">
        <li className="min-w-0 break-words">{reads}</li>
        <li>{t(`policyNames.${policy}`)}</li>
        <li>{t(`languageNames.${language}`)}</li>
      </ul>
      <div className="mt-auto flex flex-wrap items-center pt-1 justify-between gap-2">
        <p className="text-sm text-soft">{questions !== null && t("thisWeek", { count: questions })}</p>
        <Link to={`/ask/${id}`} className={`${buttonStyle({ size: "small" })} relative`}>
          <MessageCircleQuestion aria-hidden="true" />
          {t("askIt")}
          <span className="sr-only"> {name}</span>
        </Link>
      </div>
    </article>
  );
}
