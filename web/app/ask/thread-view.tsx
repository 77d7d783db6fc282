import { lazy, type ReactNode, type RefObject, Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemPage } from "../components/problem-page.tsx";
import { Skeleton } from "../components/ui/skeleton.tsx";
import type { SourceControl } from "../source/source-panel.tsx";
import { isTyping } from "../source/use-walk-keys.ts";
import { branchTurns, type Version } from "./branches.ts";
import { QuestionView } from "./question-view.tsx";
import { StageLine } from "./stage-line.tsx";
import { isAnswering } from "./turn.ts";
import { useStickyEnd } from "./use-sticky-end.ts";
import type { ThreadControl } from "./use-thread.ts";

const loadTurnView = () => import("./turn-view.tsx");
/** What shows an answer, Markdown and all: loaded once the page is there, while its first question is being written. */
const TurnView = lazy(() => loadTurnView().then((module) => ({ default: module.TurnView })));

type Props = { thread: ThreadControl; collections: number; source: SourceControl; empty: ReactNode };

/** The questions and answers of a conversation. */
export function ThreadView({ thread, collections, source, empty }: Props) {
  const { t } = useTranslation("ask");
  const scroller = useStickyEnd<HTMLElement>(thread.turns);
  useMarkKeys(scroller, source.place !== null);
  const questions = branchTurns(thread.turns);
  useEffect(() => {
    // Without network the first answer tries again.
    loadTurnView().catch(() => {});
  }, []);
  if (thread.status === "failed" && thread.problem) {
    const isGone = thread.problem.code === "not_found";
    return isGone ? (
      <ProblemPage title={t("goneTitle")} hint={t("goneHint")} />
    ) : (
      <ProblemPage
        title={t("crashTitle", { ns: "everywhere" })}
        problem={thread.problem}
        onRetry={thread.reload}
      />
    );
  }
  return (
    <section
      ref={scroller}
      aria-label={t("thread")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      className="min-h-0 flex-1 overflow-y-auto overscroll-contain outline-offset-[-2px] sm:[scrollbar-gutter:stable_both-edges]"
      data-thread
    >
      <div className="mx-auto grid w-full max-w-3xl grid-cols-1 gap-10 px-4 pt-6 pb-10 sm:px-6">
        {thread.status === "loading" && <ThreadSkeleton />}
        {thread.status === "ready" && questions.length === 0 && empty}
        <Branch questions={questions} isCurrent thread={thread} collections={collections} source={source} />
      </div>
    </section>
  );
}

type BranchProps = {
  questions: Version[][];
  /** Whether a further question goes on from its end. */
  isCurrent: boolean;
  thread: ThreadControl;
  collections: number;
  source: SourceControl;
};

/** Questions one after the other, up to one of which an earlier version is on show; then what had followed that. */
function Branch({ questions, isCurrent, thread, collections, source }: BranchProps) {
  const { t } = useTranslation("ask");
  const [chosen, setChosen] = useState<{ question: number; version: number } | null>(null);
  // A new answer is what one wants to see.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whichever was chosen before
  useEffect(() => setChosen(null), [thread.turns.length]);
  const left = chosen && questions[chosen.question]?.[chosen.version];
  const shown = left ? questions.slice(0, chosen.question + 1) : questions;
  const canAsk = isCurrent && !thread.isAnswering;
  return (
    <>
      {shown.map((versions, question) => {
        const newest = versions.length - 1;
        const index = left && question === chosen.question ? chosen.version : newest;
        const turn = versions[index]?.turn;
        const newestId = versions[newest]?.turn.id;
        if (!turn) return null;
        const isLast = question === questions.length - 1;
        const again = canAsk && isLast ? (text: string) => thread.ask(text, newestId) : null;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a turn keeps its place; its id comes only with its answer
          <article key={question} className="grid grid-cols-1 gap-4" data-turn={turn.status}>
            <QuestionView
              key={turn.id}
              question={turn.question}
              version={{ index, total: versions.length }}
              onVersion={(version) => setChosen(version === newest ? null : { question, version })}
              onEdit={again}
            />
            <Suspense fallback={isAnswering(turn) && <StageLine turn={turn} collections={collections} />}>
              <TurnView
                turn={turn}
                collections={collections}
                source={source}
                onRegenerate={again && !isAnswering(turn) ? () => again(turn.question) : null}
                onRate={turn.hasBegun ? (feedback) => thread.rate(turn.id, feedback) : null}
              />
            </Suspense>
          </article>
        );
      })}
      {left && (
        <>
          <Branch
            questions={left.after}
            isCurrent={false}
            thread={thread}
            collections={collections}
            source={source}
          />
          <p className="text-sm text-soft" data-screen>
            {t("earlierBranch")}
          </p>
        </>
      )}
    </>
  );
}

/** `[` and `]` move focus from mark to mark; once the panel is open it is the one that walks. */
function useMarkKeys(scroller: RefObject<HTMLElement>, isPanelOpen: boolean): void {
  const isOpen = useRef(isPanelOpen);
  isOpen.current = isPanelOpen;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const step = { "[": -1, "]": 1 }[event.key];
      if (!step || isOpen.current || isTyping(event.target)) return;
      const marks = [...(scroller.current?.querySelectorAll<HTMLElement>("[data-mark]") ?? [])];
      const at = marks.indexOf(document.activeElement as HTMLElement);
      const from = at === -1 && step === -1 ? marks.length : at;
      marks[Math.max(0, Math.min(marks.length - 1, from + step))]?.focus();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [scroller]);
}

function ThreadSkeleton() {
  const { t } = useTranslation();
  return (
    <div className="grid gap-4" role="status" aria-label={t("loading")}>
      <Skeleton className="h-7 w-2/3" />
      <Skeleton />
      <Skeleton className="w-11/12" />
      <Skeleton className="w-3/5" />
    </div>
  );
}
