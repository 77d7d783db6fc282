import { type FormEvent, type KeyboardEvent, useRef, useState } from "react";
import { useMessages } from "../i18n/messages.ts";
import { SendIcon, StopIcon } from "../ui/icons.tsx";

/** Where the skip link leads. */
const QUESTION_ID = "question";
/** Characters the API takes in a question. */
const MAX_CHARACTERS = 4_000;

type Props = {
  isAnswering: boolean;
  /** Why nothing can be asked yet, else null. */
  blocked: string | null;
  onAsk: (question: string) => void;
  onStop: () => void;
};

/** The question's field. Enter sends, Shift+Enter starts a line; Stop stands where Send was. */
export function Composer({ isAnswering, blocked, onAsk, onStop }: Props) {
  const t = useMessages();
  const field = useRef<HTMLTextAreaElement>(null);
  const [draft, setDraft] = useState("");
  const question = draft.trim();
  const canSend = blocked === null && question !== "";

  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (!canSend || isAnswering) return;
    onAsk(question);
    setDraft("");
  };
  const stop = () => {
    onStop();
    field.current?.focus();
  };
  const sendOnEnter = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  return (
    <form className="composer" onSubmit={send}>
      <label htmlFor={QUESTION_ID} className="visually-hidden">
        {t.question}
      </label>
      <textarea
        id={QUESTION_ID}
        ref={field}
        rows={1}
        value={draft}
        maxLength={MAX_CHARACTERS}
        placeholder={blocked ?? t.questionPlaceholder}
        onChange={({ currentTarget }) => setDraft(currentTarget.value)}
        onKeyDown={sendOnEnter}
      />
      {isAnswering ? (
        <button
          // Another element than Send: a press on Stop must never end as a press on Send.
          key="stop"
          type="button"
          className="primary round"
          aria-label={t.stop}
          title={t.stop}
          onClick={stop}
        >
          <StopIcon />
        </button>
      ) : (
        <button
          key="send"
          type="submit"
          className="primary round"
          aria-label={t.send}
          title={blocked ?? t.send}
          disabled={!canSend}
        >
          <SendIcon />
        </button>
      )}
    </form>
  );
}
