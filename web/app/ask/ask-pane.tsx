import { useSearchParams } from "@remix-run/react";
import { useEffect, useRef } from "react";
import type { Assistant, LibraryDocument } from "../api/shapes.ts";
import { useMessages } from "../i18n/messages.ts";
import type { OpenAnchor } from "../source/anchor.ts";
import { Composer } from "./composer.tsx";
import { EmptyThread } from "./empty-thread.tsx";
import { TurnView } from "./turn-view.tsx";
import type { Conversation } from "./use-conversation.ts";

type Props = {
  conversation: Conversation;
  assistants: Assistant[];
  assistant: Assistant | null;
  ready: LibraryDocument[];
  /** Whether there is anything at all in the library, read or not. */
  hasDocuments: boolean;
  opened: OpenAnchor | null;
  onOpen: (anchor: OpenAnchor) => void;
};

export function AskPane({ conversation, assistants, assistant, ready, hasDocuments, opened, onOpen }: Props) {
  const t = useMessages();
  const { turns, isAnswering } = conversation;
  const thread = useStickyEnd(turns);
  // The pressed button leaves the page, so focus goes to what takes its place.
  const focusThread = () => thread.current?.focus();
  const readsElsewhere = (assistant?.collection_ids.length ?? 0) > 1;
  const canAsk = ready.length > 0 || readsElsewhere;
  const blocked = hasDocuments ? t.questionWaits : t.questionBlocked;

  return (
    <section className="ask" aria-label={t.ask}>
      {(assistants.length > 1 || turns.length > 0) && (
        <header className="ask-head">
          {assistants.length > 1 && <AssistantPicker assistants={assistants} chosen={assistant} />}
          {turns.length > 0 && (
            <button
              type="button"
              className="quiet"
              onClick={() => {
                conversation.startOver();
                focusThread();
              }}
            >
              {t.newConversation}
            </button>
          )}
        </header>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className="thread" ref={thread} tabIndex={0} aria-label={t.conversation}>
        {turns.length === 0 ? (
          <EmptyThread
            assistant={assistant}
            ready={ready}
            onAsk={
              canAsk
                ? (question) => {
                    conversation.ask(question);
                    focusThread();
                  }
                : null
            }
          />
        ) : (
          turns.map((turn) => (
            <TurnView
              key={turn.id}
              turn={turn}
              opened={opened}
              onOpen={onOpen}
              onRetry={
                isAnswering
                  ? null
                  : () => {
                      conversation.retry(turn);
                      focusThread();
                    }
              }
            />
          ))
        )}
      </section>
      <Composer
        isAnswering={isAnswering}
        blocked={canAsk ? null : blocked}
        onAsk={conversation.ask}
        onStop={conversation.stop}
      />
    </section>
  );
}

function AssistantPicker({ assistants, chosen }: { assistants: Assistant[]; chosen: Assistant | null }) {
  const t = useMessages();
  const [search, setSearch] = useSearchParams();
  const choose = (id: string) => {
    search.set("assistant", id);
    setSearch(search);
  };
  return (
    <label className="picker">
      <span>{t.assistant}</span>
      <select value={chosen?.id} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {assistants.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Pixels from the end within which the reader counts as being there. */
const NEAR_END = 80;

/** Keeps a scrolling element at its end while content grows, unless the reader has scrolled away. */
function useStickyEnd(content: { length: number }) {
  const element = useRef<HTMLElement>(null);
  const isAtEnd = useRef(true);
  const length = useRef(content.length);
  useEffect(() => {
    const node = element.current;
    const note = () => {
      if (node) isAtEnd.current = node.scrollHeight - node.scrollTop - node.clientHeight < NEAR_END;
    };
    node?.addEventListener("scroll", note, { passive: true });
    return () => node?.removeEventListener("scroll", note);
  }, []);
  useEffect(() => {
    const node = element.current;
    // One's own new question always comes into view.
    const isNew = content.length > length.current;
    length.current = content.length;
    if (node && (isAtEnd.current || isNew)) node.scrollTop = node.scrollHeight;
  }, [content]);
  return element;
}
