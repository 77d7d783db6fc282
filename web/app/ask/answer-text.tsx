import { type ReactNode, useMemo } from "react";
import { useMessages } from "../i18n/messages.ts";
import { markId } from "../source/anchor.ts";
import { usePlace } from "../source/use-place.ts";
import { cutAnswer, type Mark, type Segment } from "./cut-answer.ts";
import type { Turn } from "./turn.ts";

/** The end of a sentence that stays on one line; French sets some signs apart. */
const LAST_WORD = /\S{0,24}(\s[.!?»]+)?$/;

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
  const { text, marks, doubt } = segment;
  const wording = doubt ? "doubtful" : undefined;
  // A mark never starts a line away from its sentence, so its last word comes along.
  const lastWord = marks.length === 0 ? text.length : text.search(LAST_WORD);
  return (
    <>
      <span className={wording}>{text.slice(0, lastWord)}</span>
      <span className="unbroken">
        <span className={wording}>{text.slice(lastWord)}</span>
        {children}
      </span>
      {doubt && <span className="doubt"> ({t.doubts[doubt]})</span>}
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
  );
}
