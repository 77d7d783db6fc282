import { ArrowUp, Square } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { ApiProblem } from "../api/problem.ts";
import { ProblemNote } from "../components/problem-note.tsx";
import { IconButton } from "../components/ui/button.tsx";
import { useDraft } from "./use-draft.ts";

/** Characters the API takes in a question. */
export const MAX_QUESTION_CHARACTERS = 4_000;

type Props = {
  /** What the draft belongs to. */
  draftKey: string;
  isAnswering: boolean;
  isFollowUp: boolean;
  /** Why nothing can be asked yet, else null. */
  blocked: string | null;
  unsent: { question: string; problem: ApiProblem } | null;
  onTakeBack: () => void;
  onAsk: (question: string) => void;
  onStop: () => void;
};

/** The question's field. Enter sends, Shift+Enter starts a line; Stop stands where Send was. */
export function Composer({
  draftKey,
  isAnswering,
  isFollowUp,
  blocked,
  unsent,
  onTakeBack,
  onAsk,
  onStop,
}: Props) {
  const { t } = useTranslation("ask");
  const field = useRef<HTMLTextAreaElement>(null);
  const [draft, setDraft] = useDraft(draftKey);
  const question = draft.trim();
  const canSend = blocked === null && question !== "";
  const takeBack = useRef(setDraft);
  takeBack.current = setDraft;
  // A question that didn't go out is a draft again.
  useEffect(() => {
    if (unsent) takeBack.current(unsent.question);
  }, [unsent]);

  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (!canSend || isAnswering) return;
    setDraft("");
    onAsk(question);
  };
  const sendOnEnter = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  const stop = () => {
    onStop();
    field.current?.focus();
  };

  return (
    <form className="composer mx-auto w-full max-w-3xl px-4 pb-4 sm:px-6" onSubmit={send} data-screen>
      {unsent && (
        <div className="mb-3">
          <ProblemNote
            problem={unsent.problem}
            title={t("unsent")}
            {...(canSend ? { onRetry: () => send() } : {})}
          />
        </div>
      )}
      <div className="flex items-end gap-2 rounded-3xl border border-control bg-raised p-1.5 pl-4 shadow-float transition-colors focus-within:border-sea">
        <textarea
          id="question"
          ref={field}
          rows={1}
          aria-label={t("question")}
          value={draft}
          maxLength={MAX_QUESTION_CHARACTERS}
          placeholder={blocked ?? t(isFollowUp ? "follow" : "placeholder")}
          title={t("keys")}
          onChange={({ currentTarget }) => {
            setDraft(currentTarget.value);
            if (unsent) onTakeBack();
          }}
          onKeyDown={sendOnEnter}
          className="field-sizing-content max-h-48 min-h-10 flex-1 resize-none bg-transparent py-2 text-base outline-none"
        />
        {isAnswering ? (
          // Another element than Send: a press on Stop must never end as a press on Send.
          <IconButton key="stop" label={t("stop")} look="primary" size="round" onClick={stop}>
            <Square className="fill-current" aria-hidden="true" />
          </IconButton>
        ) : (
          <IconButton
            key="send"
            type="submit"
            label={t("send")}
            look="primary"
            size="round"
            disabled={!canSend}
          >
            <ArrowUp aria-hidden="true" />
          </IconButton>
        )}
      </div>
    </form>
  );
}
