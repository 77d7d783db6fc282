import { Link } from "@remix-run/react";
import { ArrowRight, ArrowUp, FilePlus2, Square } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Assistant, LibraryDocument } from "../api/shapes.ts";
import { TurnView } from "../ask/turn-view.tsx";
import { keepSigns } from "../components/keep-signs.ts";
import { ProblemNote } from "../components/problem-note.tsx";
import { buttonStyle, IconButton } from "../components/ui/button.tsx";
import { Skeleton } from "../components/ui/skeleton.tsx";
import type { SourceControl } from "../source/source-panel.tsx";
import { useFirstAnswer } from "./use-first-answer.ts";
import { useHeadingQuestions } from "./use-heading-questions.ts";

/** Characters the API takes in a question. */
const MAX_QUESTION_CHARACTERS = 4_000;

type Props = {
  document: LibraryDocument;
  assistants: Assistant[];
  source: SourceControl;
  isWide: boolean;
  onAnswered: () => void;
};

/** Questions made from the document's headings, one's own, and the answer with its anchors. */
export function AskStep({ document, assistants, source, isWide, onAnswered }: Props) {
  const { t } = useTranslation("start");
  const questions = useHeadingQuestions(document);
  const answer = useFirstAnswer(document, questions ?? [], { assistants, source, isWide });
  const { turn, isAnswering } = answer;
  const isAnswered = turn?.status === "done";
  useEffect(() => {
    if (isAnswered) onAnswered();
  }, [isAnswered, onAnswered]);
  const shown = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when it begins, and when it has all its height
  useEffect(() => shown.current?.scrollIntoView({ block: "nearest" }), [turn?.question, isAnswered]);
  const left = (questions ?? []).filter((question) => question !== turn?.question);
  return (
    <div className="grid grid-cols-1 gap-4">
      {turn && (
        <article ref={shown} className="grid scroll-my-6 grid-cols-1 gap-3" data-turn={turn.status}>
          <h3 className="text-xl leading-snug font-semibold" dir="auto">
            {keepSigns(turn.question)}
          </h3>
          <TurnView
            turn={turn}
            collections={1}
            source={source}
            onRegenerate={null}
            onRate={turn.hasBegun ? (feedback) => answer.rate(turn.id, feedback) : null}
          />
        </article>
      )}
      {isAnswered && !turn.refused && answer.path && <Done path={answer.path} />}
      {answer.unsent && (
        <ProblemNote
          problem={answer.unsent.problem}
          title={t("unsent", { ns: "ask" })}
          onRetry={() => answer.unsent && answer.ask(answer.unsent.question)}
        />
      )}
      {!isAnswering && (
        <>
          {questions === null && <Skeleton className="h-24" />}
          {left.length > 0 && (
            <>
              <p className="text-sm text-soft">{turn ? t("askMore") : t("askHint")}</p>
              <ul className="grid gap-2" data-questions>
                {left.map((question) => (
                  <li key={question} className="grid">
                    <button
                      type="button"
                      onClick={() => answer.ask(question)}
                      className="min-h-11 rounded-xl border border-line px-3.5 py-2.5 text-start transition-colors hover:border-sea hover:bg-sea-wash"
                    >
                      {keepSigns(question)}
                    </button>
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
      <OwnQuestion isAnswering={isAnswering} onAsk={answer.ask} onStop={answer.stop} />
    </div>
  );
}

function Done({ path }: { path: string }) {
  const { t } = useTranslation("start");
  return (
    <section className="grid justify-items-start gap-3 rounded-xl bg-sea-wash p-4" data-done>
      <div>
        <h3 className="font-semibold">{t("doneTitle")}</h3>
        <p className="text-soft">{t("doneHint")}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Link to={path} className={buttonStyle({ look: "primary" })}>
          {t("goOn")}
          <ArrowRight aria-hidden="true" />
        </Link>
        <Link to="/library" className={buttonStyle()}>
          <FilePlus2 aria-hidden="true" />
          {t("toLibrary")}
        </Link>
      </div>
    </section>
  );
}

type OwnProps = { isAnswering: boolean; onAsk: (question: string) => void; onStop: () => void };

function OwnQuestion({ isAnswering, onAsk, onStop }: OwnProps) {
  const { t } = useTranslation("start");
  const [draft, setDraft] = useState("");
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (draft.trim() === "" || isAnswering) return;
    onAsk(draft.trim());
    setDraft("");
  };
  return (
    <form
      className="flex items-center gap-2 rounded-3xl border border-control bg-raised p-1.5 pl-4 focus-within:border-sea"
      onSubmit={send}
    >
      <input
        id="question"
        aria-label={t("askOwn")}
        placeholder={t("askOwnHint")}
        value={draft}
        maxLength={MAX_QUESTION_CHARACTERS}
        autoComplete="off"
        onChange={({ currentTarget }) => setDraft(currentTarget.value)}
        className="min-h-10 min-w-0 flex-1 bg-transparent text-base outline-none"
      />
      {isAnswering ? (
        <IconButton key="stop" label={t("stop")} look="primary" size="round" onClick={onStop}>
          <Square className="fill-current" aria-hidden="true" />
        </IconButton>
      ) : (
        <IconButton
          key="ask"
          type="submit"
          label={t("ask")}
          look="primary"
          size="round"
          disabled={draft.trim() === ""}
        >
          <ArrowUp aria-hidden="true" />
        </IconButton>
      )}
    </form>
  );
}
