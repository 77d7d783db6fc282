import { useEffect, useState } from "react";

/** Time for screen readers to take up the last sentence. */
const LINGER_MS = 3_000;

/**
 * What screen readers announce: the answer's sentences as each is complete, rather than its letters. Empty soon after
 * the end, so that the answer is met once on the page.
 */
export function SpokenAnswer({ text, isComplete }: { text: string; isComplete: boolean }) {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    if (!isComplete) return;
    const timer = setTimeout(() => setOver(true), LINGER_MS);
    return () => clearTimeout(timer);
  }, [isComplete]);
  const sentences = isOver ? [] : completeSentences(text, isComplete);
  return (
    <div className="sr-only" aria-live="polite" aria-relevant="additions">
      {sentences.map(({ start, sentence }) => (
        <p key={start}>{sentence}</p>
      ))}
    </div>
  );
}

/** The sentences that nothing can be added to any more. */
function completeSentences(text: string, isComplete: boolean): { start: number; sentence: string }[] {
  const sentences = [...text.matchAll(/\S[\s\S]*?(?:[.!?…]+(?=\s)|\n|$)/g)].map(({ index, 0: sentence }) => ({
    start: index,
    sentence: sentence.trim(),
  }));
  return isComplete ? sentences : sentences.slice(0, -1);
}
