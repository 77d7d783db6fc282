import { type ReactNode, useMemo } from "react";
import { useMessages } from "../i18n/messages.ts";
import { markId } from "../source/anchor.ts";
import { usePlace } from "../source/use-place.ts";
import { cutAnswer, type Mark, type Segment } from "./cut-answer.ts";
import type { Turn } from "./turn.ts";

type Props = { turn: Turn; openedNumber: number | null; onOpen: (number: number) => void };

/** An answer as text alone, each sentence followed by the marks of its anchors. */
export function AnswerText({ turn, openedNumber, onOpen }: Props) {
  const { id, text, citations, unanchored, refused } = turn;
  const segments = useMemo(() => cutAnswer(text, citations, unanchored), [text, citations, unanchored]);
  return (
    <div className="answer" data-refused={refused} dir="auto">
      {segments.map((segment) => (
        <Sentence key={segment.start} segment={segment}>
          {segment.marks.map((mark) => (
            <MarkButton
              key={mark.number}
              // The sentence that shares its words with an earlier one has a mark of its own: one id each.
              id={markId(id, mark.number, mark.citation.answer_start)}
              mark={mark}
              isOpen={mark.number === openedNumber}
              onOpen={() => onOpen(mark.number)}
            />
          ))}
        </Sentence>
      ))}
    </div>
  );
}

function Sentence({ segment, children }: { segment: Segment; children: ReactNode }) {
  const t = useMessages();
  const { text, doubt } = segment;
  if (!doubt) {
    return (
      <>
        {text}
        {children}
      </>
    );
  }
  return (
    <>
      <span className="doubtful">{text}</span>
      {children}
      <span className="doubt"> ({t.doubts[doubt]})</span>
    </>
  );
}

function MarkButton({
  id,
  mark,
  isOpen,
  onOpen,
}: {
  id: string;
  mark: Mark;
  isOpen: boolean;
  onOpen: () => void;
}) {
  const t = useMessages();
  const place = usePlace();
  const { number, citation } = mark;
  const where = `${citation.filename}, ${place(citation)}`;
  return (
    <>
      <span className="mark-joiner" />
      <button
        type="button"
        id={id}
        className="mark"
        data-open={isOpen}
        aria-label={t.mark(number, where)}
        title={`${where}\n${citation.quote}`}
        onClick={onOpen}
      >
        {number}
      </button>
    </>
  );
}
