/** What screen readers announce: the answer's sentences as each is complete, rather than its letters. */
export function SpokenAnswer({ text, isComplete }: { text: string; isComplete: boolean }) {
  return (
    <div className="visually-hidden" aria-live="polite" aria-relevant="additions">
      {completeSentences(text, isComplete).map(({ start, sentence }) => (
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
