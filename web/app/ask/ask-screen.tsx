import { useNavigate, useParams, useRevalidator } from "@remix-run/react";
import { cx } from "class-variance-authority";
import { MessagesSquare, Plus } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../components/ui/button.tsx";
import { Sheet } from "../components/ui/sheet.tsx";
import { PageHeader } from "../frame/page-header.tsx";
import { findTrail } from "../source/anchor.ts";
import { useTrail } from "../source/trail.tsx";
import { useSource } from "../source/use-source.ts";
import { Composer } from "./composer.tsx";
import { ConversationList } from "./conversations/conversation-list.tsx";
import { EmptyThread } from "./empty-thread.tsx";
import type { AskData } from "./load-ask.ts";
import { ThreadView } from "./thread-view.tsx";
import { keyOf } from "./threads.ts";
import { useAssistant } from "./use-assistant.ts";
import { threads, useThread } from "./use-thread.ts";

/** Between two looks at whether a document is read yet. Milliseconds. */
const LOOK_MS = 3_000;

/** Where the list stands beside the thread; a source that is open takes its room on all but wide screens. */
const FOLDS = {
  alone: { list: "lg:flex", head: "lg:sr-only", button: "lg:hidden" },
  besideSource: { list: "2xl:flex", head: "2xl:sr-only", button: "2xl:hidden" },
};

/** Asking an assistant: its conversations at the left, the one on show, the question's field below. */
export function AskScreen({ data: { assistants, collections, assistant, reading } }: { data: AskData }) {
  const { t } = useTranslation("ask");
  const { conversation: conversationId = null } = useParams();
  const navigate = useNavigate();
  const [isListOpen, setListOpen] = useState(false);
  const assistantId = assistant?.id ?? null;
  const thread = useThread(assistantId, conversationId, useAssistant(assistant, collections));
  const source = useSource();
  useTrailOfAddress(thread, source);
  useReadingWatch(reading);
  // biome-ignore lint/correctness/useExhaustiveDependencies: choosing a conversation is done with the list
  useEffect(() => setListOpen(false), [assistantId, conversationId]);

  const startNew = () => {
    setListOpen(false);
    if (conversationId === null) threads.forget(keyOf(assistantId, null));
    navigate(assistantId ? `/ask/${assistantId}` : "/ask");
    document.getElementById("question")?.focus();
  };
  const list = (
    <ConversationList
      assistants={assistants}
      assistant={assistant}
      currentId={conversationId}
      onNew={startNew}
    />
  );
  const searched = assistant?.collection_ids.length ?? collections.length;
  const waiting = reading.documents === 0 ? t("noDocuments") : t("notReadYet");
  const fold = source.place ? FOLDS.besideSource : FOLDS.alone;
  return (
    <main id="content" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1">
      <div className={cx("hidden w-72 shrink-0 flex-col border-r border-line", fold.list)} data-screen>
        {list}
      </div>
      <Sheet open={isListOpen} onOpenChange={setListOpen} title={t("conversations")} side="start">
        {list}
      </Sheet>
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <div className={fold.head}>
          <PageHeader title={assistant?.name ?? t("title")}>
            <IconButton
              label={t("showConversations")}
              className={fold.button}
              onClick={() => setListOpen(true)}
            >
              <MessagesSquare aria-hidden="true" />
            </IconButton>
            <IconButton label={t("newConversation")} className={fold.button} onClick={startNew}>
              <Plus aria-hidden="true" />
            </IconButton>
          </PageHeader>
        </div>
        <ThreadView
          thread={thread}
          collections={searched}
          source={source}
          empty={<EmptyThread assistant={assistant} reading={reading} onAsk={thread.ask} />}
        />
        <Composer
          draftKey={keyOf(assistantId, conversationId)}
          isAnswering={thread.isAnswering}
          isFollowUp={thread.turns.length > 0}
          blocked={reading.isReadable ? null : waiting}
          unsent={thread.unsent}
          onTakeBack={thread.dropUnsent}
          onAsk={thread.ask}
          onStop={thread.stop}
        />
      </div>
    </main>
  );
}

/** Looks again while documents are being read, so that the first question needn't wait for a reload. */
function useReadingWatch({ documents, isReadable }: AskData["reading"]): void {
  const { revalidate, state } = useRevalidator();
  const isWaiting = documents > 0 && !isReadable && state === "idle";
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setTimeout(revalidate, LOOK_MS);
    return () => clearTimeout(timer);
  }, [isWaiting, revalidate]);
}

/** An address opened anew names a source: the answer it belongs to says which others there are to walk through. */
function useTrailOfAddress(
  { turns }: ReturnType<typeof useThread>,
  { place, anchor }: ReturnType<typeof useSource>,
) {
  const { setTrail } = useTrail();
  useEffect(() => {
    if (!place || anchor) return;
    const trail = findTrail(turns, place);
    if (trail) setTrail(trail);
  }, [place, anchor, turns, setTrail]);
}
