import type { Messages } from "../i18n/en.ts";
import { useMessages } from "../i18n/messages.ts";
import { anchorsOfCitations, type OpenAnchor } from "../source/anchor.ts";
import { ProblemNote } from "../ui/problem-note.tsx";
import { AnswerReceipt } from "./answer-receipt.tsx";
import { AnswerText } from "./answer-text.tsx";
import { SourceList } from "./source-list.tsx";
import { SpokenAnswer } from "./spoken-answer.tsx";
import { isAnswering, type Turn } from "./turn.ts";

type Props = {
  turn: Turn;
  opened: OpenAnchor | null;
  onOpen: (anchor: OpenAnchor) => void;
  onRetry: (() => void) | null;
};

/** One question and its answer. */
export function TurnView({ turn, opened, onOpen, onRetry }: Props) {
  const t = useMessages();
  const { status, sources, problem } = turn;
  const end = endNote(turn, t);
  const openMark = (number: number) => {
    const anchors = anchorsOfCitations(turn.id, turn.citations);
    onOpen({ anchors, index: anchors.findIndex((anchor) => anchor.number === number) });
  };
  const openedNumber = opened?.anchors[opened.index]?.turnId === turn.id ? opened.index : null;
  const isCitation = opened?.anchors[0]?.kind === "citation";
  return (
    <article className="turn">
      <h2 className="asked">
        <span className="visually-hidden">{t.yourQuestion}: </span>
        {turn.question}
      </h2>
      {turn.text !== "" && (
        <AnswerText
          turn={turn}
          openedNumber={isCitation && openedNumber !== null ? openedNumber + 1 : null}
          onOpen={openMark}
        />
      )}
      {isAnswering(turn) && (
        <p className="stage" role="status">
          <span className="pulse" aria-hidden="true" />
          {stageLabel(turn, t)}
        </p>
      )}
      <SpokenAnswer text={turn.text} isComplete={!isAnswering(turn)} />
      {end && <p className="turn-end">{end}</p>}
      {problem && <ProblemNote problem={problem} {...(onRetry ? { onRetry } : {})} />}
      {!isAnswering(turn) && sources.length > 0 && (
        <SourceList
          turn={turn}
          opened={opened}
          onOpen={onOpen}
          isUnfolded={status === "done" && turn.refused}
        />
      )}
      {turn.receipt && <AnswerReceipt receipt={turn.receipt} />}
    </article>
  );
}

function stageLabel({ status, sources }: Turn, t: Messages): string {
  if (status === "searching") return t.searching;
  return status === "reading" ? t.readingPassages(sources.length) : t.writing;
}

function endNote({ status, text, refused, finishReason }: Turn, t: Messages): string | null {
  if (status === "stopped") return text === "" ? t.stoppedEarly : t.stopped;
  if (refused) return t.refusedHint;
  if (finishReason === "length") return t.cutShort;
  return finishReason === "content_filter" ? t.filtered : null;
}
