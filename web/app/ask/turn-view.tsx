import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { Feedback } from "../api/shapes.ts";
import { ProblemNote } from "../components/problem-note.tsx";
import { buttonStyle } from "../components/ui/button.tsx";
import { anchorsOfCitations } from "../source/anchor.ts";
import type { SourceControl } from "../source/source-panel.tsx";
import { usePlaceWords } from "../source/use-place-words.ts";
import { AnswerFoot } from "./answer-foot.tsx";
import { AnswerText } from "./answer-text.tsx";
import { footnotesOf } from "./footnotes.ts";
import { SourceList } from "./source-list.tsx";
import { SpokenAnswer } from "./spoken-answer.tsx";
import { StageLine } from "./stage-line.tsx";
import { isAnswering, type Turn } from "./turn.ts";

/** Passages shown after a refusal: enough to see how near they come. */
const NEAREST = 3;

type Props = {
  turn: Turn;
  /** How many collections the assistant searches. */
  collections: number;
  source: SourceControl;
  onRegenerate: (() => void) | null;
  onRate: ((feedback: Feedback | null) => Promise<void>) | null;
};

/** One answer, from its first sign to its receipt. */
export function TurnView({ turn, collections, source, onRegenerate, onRate }: Props) {
  const isOver = !isAnswering(turn);
  const end = useEndNote(turn);
  const anchors = anchorsOfCitations(turn.id, turn.citations);
  const openedNumber = anchors.find(({ opener }) => opener === source.anchor?.opener)?.number ?? null;
  return (
    <div className="grid grid-cols-1 gap-3">
      {turn.text !== "" && (
        <AnswerText
          turn={turn}
          openedNumber={openedNumber}
          onOpen={(number) =>
            source.open(
              anchors,
              anchors.findIndex((anchor) => anchor.number === number),
            )
          }
        />
      )}
      {!isOver && <StageLine turn={turn} collections={collections} />}
      <SpokenAnswer text={turn.text} isComplete={isOver} />
      {end && <p className="text-sm text-soft">{end}</p>}
      {turn.problem && (
        <ProblemNote problem={turn.problem} {...(onRegenerate ? { onRetry: onRegenerate } : {})} />
      )}
      {turn.refused && isOver && <Refusal turn={turn} source={source} />}
      {isOver && <AnswerFoot turn={turn} source={source} onRegenerate={onRegenerate} onRate={onRate} />}
      <PrintedNotes turn={turn} />
    </div>
  );
}

/** What to do where the documents don't say: the nearest passages, and the way to add the one that does. */
function Refusal({ turn, source }: { turn: Turn; source: SourceControl }) {
  const { t } = useTranslation("ask");
  const nearest = turn.sources.slice(0, NEAREST);
  return (
    <div className="grid grid-cols-1 gap-3" data-refusal>
      <p className="text-soft">{t("refusedHint")}</p>
      {nearest.length > 0 && (
        <section className="grid gap-2" aria-label={t("nearest")}>
          <h3 className="text-sm font-medium text-soft">{t("nearest")}</h3>
          <SourceList turn={turn} sources={nearest} source={source} />
        </section>
      )}
      <Link to="/library" className={`${buttonStyle({ size: "small" })} justify-self-start`}>
        {t("addDocuments")}
      </Link>
    </div>
  );
}

/** On paper, where nothing can be pressed. */
function PrintedNotes({ turn }: { turn: Turn }) {
  const { t } = useTranslation("ask");
  const notes = footnotesOf(turn, usePlaceWords());
  if (notes.length === 0) return null;
  return (
    <section className="hidden text-sm print:block">
      <h3 className="font-semibold">{t("footnotes")}</h3>
      {notes.map(({ number, where, quote }) => (
        <p key={number}>
          {number}. {where}: <q className="font-serif">{quote}</q>
        </p>
      ))}
    </section>
  );
}

function useEndNote({ status, text, finishReason, problem }: Turn): string | null {
  const { t } = useTranslation("ask");
  if (status === "stopped") return text === "" ? t("stoppedEarly") : t("stopped");
  if (status === "failed" && !problem) return t("failed");
  if (finishReason === "length") return t("cutShort");
  return finishReason === "content_filter" ? t("filtered") : null;
}
