import { createElement, Fragment, type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { cutAnswer } from "./cut-answer.ts";
import { DoubtReason, MarkButton } from "./mark.tsx";
import { type Leaf, type Piece, parseAnswer } from "./markdown/parse-answer.ts";
import { type Stretch, spreadMarks } from "./markdown/spread-marks.ts";
import type { Turn } from "./turn.ts";

/** The end of a sentence that stays on one line; French sets some signs apart. */
const LAST_WORD = /\S{0,24}(\s[.!?»]+)?\s*$/;

type Props = { turn: Turn; openedNumber: number | null; onOpen: (number: number) => void };

/** An answer, each sentence followed by the marks of its anchors. */
export function AnswerText({ turn, openedNumber, onOpen }: Props) {
  const { text, citations, unanchored } = turn;
  const pieces = useMemo(() => parseAnswer(text), [text]);
  const cut = useMemo(
    () => spreadMarks(pieces, cutAnswer(text, citations, unanchored)),
    [pieces, text, citations, unanchored],
  );
  const drawLeaf = (leaf: Leaf) =>
    (cut.get(leaf) ?? []).map((stretch) => (
      <StretchText key={stretch.start} stretch={stretch} isCode={leaf.kind === "code"}>
        {stretch.segment.marks.map((mark) => (
          <MarkButton
            key={mark.number}
            turnId={turn.id}
            mark={mark}
            isOpen={mark.number === openedNumber}
            onOpen={() => onOpen(mark.number)}
          />
        ))}
      </StretchText>
    ));
  return (
    <div className="answer" dir="auto" data-answer>
      {pieces.map((piece) => draw(piece, drawLeaf))}
    </div>
  );
}

function draw(piece: Piece, drawLeaf: (leaf: Leaf) => ReactNode): ReactNode {
  switch (piece.kind) {
    case "leaf":
      return <Fragment key={piece.start}>{drawLeaf(piece.leaf)}</Fragment>;
    case "break":
      return <br key={piece.start} />;
    case "rule":
      return <hr key={piece.start} />;
    case "element": {
      const { name, start, first } = piece;
      const children = piece.children.map((child) => draw(child, drawLeaf));
      return createElement(name, { key: `${name}-${start}`, ...(first ? { start: first } : {}) }, children);
    }
  }
}

function StretchText({
  stretch: { text, segment, isLast },
  isCode,
  children,
}: {
  stretch: Stretch;
  isCode: boolean;
  children: ReactNode;
}) {
  const { t } = useTranslation("ask");
  const { doubt, marks } = segment;
  const wording = doubt ? "doubtful" : undefined;
  const words = (part: string) =>
    isCode ? <code className={wording}>{part}</code> : <span className={wording}>{part}</span>;
  if (!isLast || (marks.length === 0 && !doubt)) return words(text);
  // A mark never starts a line away from its sentence, so its last word comes along.
  const trimmed = text.trimEnd();
  const at = isCode ? trimmed.length : trimmed.search(LAST_WORD);
  return (
    <>
      {at > 0 && words(trimmed.slice(0, at))}
      <span className="whitespace-nowrap">
        {at < trimmed.length && words(trimmed.slice(at))}
        {children}
      </span>
      {doubt && <DoubtReason words={t(`doubts.${doubt}`)} />}
      {text.slice(trimmed.length)}
    </>
  );
}
