import { ChevronDown, Copy, CopyCheck, RefreshCw } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Feedback } from "../api/shapes.ts";
import { ProblemNote } from "../components/problem-note.tsx";
import { Button, IconButton } from "../components/ui/button.tsx";
import { useCopy } from "../components/use-copy.ts";
import type { SourceControl } from "../source/source-panel.tsx";
import { usePlaceWords } from "../source/use-place-words.ts";
import { CommentForm, Thumbs } from "./answer-feedback.tsx";
import { AnswerReceipt } from "./answer-receipt.tsx";
import { withFootnotes } from "./footnotes.ts";
import { SourceList } from "./source-list.tsx";
import type { Turn } from "./turn.ts";
import { useRating } from "./use-rating.ts";

type Props = {
  turn: Turn;
  source: SourceControl;
  onRegenerate: (() => void) | null;
  onRate: ((feedback: Feedback | null) => Promise<void>) | null;
};

type Part = "sources" | "receipt" | "feedback";

/** Below an answer: what can be done with it, what it read, what it took. */
export function AnswerFoot({ turn, source, onRegenerate, onRate }: Props) {
  const { t } = useTranslation("ask");
  const { copy, isCopied, hasFailed } = useCopy();
  const place = usePlaceWords();
  const [shown, setShown] = useState<Part | null>(null);
  const rating = useRating(turn.feedback, onRate);
  const id = useId();
  const { sources, receipt, text, refused } = turn;
  const toggle = (part: Part) => setShown(shown === part ? null : part);
  return (
    <div className="grid grid-cols-1 gap-3" data-screen>
      <div className="-ml-2 flex flex-wrap items-center gap-0.5">
        {text !== "" && (
          <IconButton
            label={isCopied ? t("copied") : t("copy")}
            onClick={() => void copy(withFootnotes(turn, place))}
          >
            {isCopied ? <CopyCheck aria-hidden="true" /> : <Copy aria-hidden="true" />}
          </IconButton>
        )}
        {onRegenerate && (
          <IconButton label={t("regenerate")} onClick={onRegenerate}>
            <RefreshCw aria-hidden="true" />
          </IconButton>
        )}
        {onRate && (
          <Thumbs
            rating={turn.feedback?.rating ?? null}
            onRate={(chosen) => {
              rating.rate(chosen && { rating: chosen, comment: turn.feedback?.comment ?? null });
              setShown(chosen && "feedback");
            }}
          />
        )}
        {turn.feedback && (
          <Fold isOpen={shown === "feedback"} controls={id} onToggle={() => toggle("feedback")}>
            {t("feedback.comment")}
          </Fold>
        )}
        {sources.length > 0 && !refused && (
          <Fold isOpen={shown === "sources"} controls={id} onToggle={() => toggle("sources")}>
            {t("passagesRead", { count: sources.length })}
          </Fold>
        )}
        {receipt && (
          <Fold isOpen={shown === "receipt"} controls={id} onToggle={() => toggle("receipt")}>
            {t("receipt.title")}
          </Fold>
        )}
        <span role="status" className="pl-2 text-sm text-soft">
          {isCopied && t("copied")}
          {hasFailed && t("copyFailed")}
          {rating.isKept && t("feedback.kept")}
        </span>
      </div>
      {rating.problem && <ProblemNote problem={rating.problem} title={t("feedback.notKept")} />}
      <div id={id} hidden={shown === null}>
        {shown === "sources" && <SourceList turn={turn} sources={sources} source={source} />}
        {shown === "feedback" && turn.feedback && (
          <CommentForm
            feedback={turn.feedback}
            onSend={(comment) => {
              if (turn.feedback) rating.rate({ ...turn.feedback, comment });
              setShown(null);
            }}
          />
        )}
        {shown === "receipt" && receipt && <AnswerReceipt receipt={receipt} />}
      </div>
    </div>
  );
}

function Fold({
  isOpen,
  controls,
  onToggle,
  children,
}: {
  isOpen: boolean;
  controls: string;
  onToggle: () => void;
  children: ReactNode;
}) {
  return (
    <Button look="quiet" size="small" aria-expanded={isOpen} aria-controls={controls} onClick={onToggle}>
      {children}
      <ChevronDown
        className={isOpen ? "rotate-180 transition-transform" : "transition-transform"}
        aria-hidden="true"
      />
    </Button>
  );
}
