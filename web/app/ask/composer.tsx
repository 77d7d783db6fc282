import { type FormEvent, type KeyboardEvent, useState } from "react";
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
  const [draft, setDraft] = useState("");
  const question = draft.trim();
  const canSend = blocked === null && question !== "";

  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (!canSend || isAnswering) return;
    onAsk(question);
    setDraft("");
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
        rows={1}
        value={draft}
        maxLength={MAX_CHARACTERS}
        placeholder={blocked ?? t.questionPlaceholder}
        onChange={({ currentTarget }) => setDraft(currentTarget.value)}
        onKeyDown={sendOnEnter}
      />
      {isAnswering ? (
        <button type="button" className="primary round" aria-label={t.stop} title={t.stop} onClick={onStop}>
          <StopIcon />
        </button>
      ) : (
        <button
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
