import { useNavigate } from "@remix-run/react";
import { Plus, Search } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Assistant } from "../../api/shapes.ts";
import { ProblemNote } from "../../components/problem-note.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Skeleton } from "../../components/ui/skeleton.tsx";
import { useLocale } from "../../i18n/use-locale.ts";
import { AssistantPicker } from "../assistant-picker.tsx";
import { ConversationRow } from "./conversation-row.tsx";
import { daysAgo, groupByDay } from "./group-by-day.ts";
import { useConversations } from "./use-conversations.ts";

type Props = {
  assistants: Assistant[];
  assistant: Assistant | null;
  currentId: string | null;
  onNew: () => void;
};

/** Whom one asks, and what was asked before: by day, searchable. */
export function ConversationList({ assistants, assistant, currentId, onNew }: Props) {
  const { t } = useTranslation("ask");
  const [query, setQuery] = useState("");
  const list = useConversations(assistant?.id ?? null, query);
  const navigate = useNavigate();
  const dayName = useDayName();
  const { conversations, isLoading, problem, nextCursor } = list;
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3 p-3">
      <AssistantPicker assistants={assistants} chosen={assistant} />
      <Button onClick={onNew}>
        <Plus aria-hidden="true" />
        {t("newConversation")}
      </Button>
      <label className="flex items-center gap-2 rounded-lg border border-line px-3 focus-within:border-sea">
        <Search className="size-4 shrink-0 text-soft" aria-hidden="true" />
        <input
          type="search"
          value={query}
          maxLength={200}
          aria-label={t("searchConversations")}
          placeholder={t("searchShort")}
          onChange={({ currentTarget }) => setQuery(currentTarget.value)}
          className="min-h-9 w-full min-w-0 bg-transparent outline-none pointer-coarse:min-h-11"
        />
      </label>
      <nav aria-label={t("conversations")} className="-mx-1 min-h-0 flex-1 overflow-y-auto px-1">
        {isLoading && conversations.length === 0 && <ListSkeleton />}
        {problem && <ProblemNote problem={problem} onRetry={list.retry} />}
        {!isLoading && !problem && conversations.length === 0 && (
          <p className="p-2 text-sm text-soft">{query === "" ? t("noConversations") : t("nothingFound")}</p>
        )}
        {groupByDay(conversations).map(({ key, conversations: ofDay }) => (
          <section key={key} aria-label={dayName(key)} className="mb-3">
            <h3 className="px-2 py-1 text-xs font-medium text-soft">{dayName(key)}</h3>
            <ul>
              {ofDay.map((conversation) => (
                <ConversationRow
                  key={conversation.id}
                  conversation={conversation}
                  isCurrent={conversation.id === currentId}
                  onRename={(title) => list.rename(conversation.id, title)}
                  onRemove={async () => {
                    await list.remove(conversation.id);
                    if (conversation.id === currentId) navigate(`/ask/${conversation.assistant_id}`);
                  }}
                />
              ))}
            </ul>
          </section>
        ))}
        {nextCursor && (
          // Failing to load more changes nothing: the button stays and can be pressed again.
          <Button look="quiet" size="small" onClick={() => void list.showMore().catch(() => undefined)}>
            {t("showMore", { ns: "everywhere" })}
          </Button>
        )}
      </nav>
    </div>
  );
}

/** "Today", "Yesterday", a weekday within the week, else the date. */
function useDayName(): (key: string) => string {
  const { t } = useTranslation("ask");
  const locale = useLocale();
  return (key) => {
    const ago = daysAgo(key, new Date());
    if (ago <= 0) return t("today");
    if (ago === 1) return t("yesterday");
    const options: Intl.DateTimeFormatOptions = ago < 7 ? { weekday: "long" } : { dateStyle: "medium" };
    const name = new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(new Date(key));
    return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
  };
}

function ListSkeleton() {
  return (
    <div className="grid gap-3 p-2" aria-hidden="true">
      <Skeleton className="w-16" />
      <Skeleton className="h-5" />
      <Skeleton className="h-5 w-10/12" />
      <Skeleton className="h-5 w-11/12" />
    </div>
  );
}
