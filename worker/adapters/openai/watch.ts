import { UpstreamError } from "../../ports/language-model.ts";

/** Milliseconds that an answer may take, by what is waited for. */
export type AnswerBounds = { firstText: number; gap: number; whole: number };

/**
 * Hosted models begin within five seconds and one on a CPU with a full prompt within half a minute; once one writes,
 * silence means that it or the way to it is broken. 1,200 tokens at seven a second, the slowest that anybody would read,
 * are three minutes.
 */
export const ANSWER_BOUNDS: AnswerBounds = { firstText: 30_000, gap: 15_000, whole: 180_000 };

/** Times a stream while something is waited for, and aborts `signal` when it takes too long. */
export type Watch = {
  signal: AbortSignal;
  /** Something is waited for from now on: the first text, until some was `heard`, then whatever comes next. */
  wait(): void;
  /** A piece came. What its reader takes until the next `wait` is not the upstream's time. */
  heard(text: string): void;
  /** What took too long; null while nothing did. */
  late(): UpstreamError | null;
  stop(): void;
};

export function createWatch(bounds: AnswerBounds): Watch {
  const controller = new AbortController();
  const began = Date.now();
  let begun = false;
  let late: UpstreamError | null = null;
  /** When what is waited for must have come; null while nothing is. */
  let due: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let looksAt = Number.POSITIVE_INFINITY;

  // One timer that looks again: one a piece is what an answer's tokens would pay.
  function look(): void {
    looksAt = Number.POSITIVE_INFINITY;
    if (due === null) return;
    if (Date.now() < due) {
      lookAt(due);
      return;
    }
    const seconds = Math.round((Date.now() - began) / 1_000);
    const what = begun ? "went silent" : "wrote nothing";
    late = new UpstreamError(`chat failed: the model ${what}, ${seconds} s after the question`, {
      retryable: true,
    });
    controller.abort(late);
  }
  function lookAt(moment: number): void {
    clearTimeout(timer);
    looksAt = moment;
    timer = setTimeout(look, Math.max(0, moment - Date.now()));
  }

  return {
    signal: controller.signal,
    wait() {
      due = begun ? Math.min(Date.now() + bounds.gap, began + bounds.whole) : began + bounds.firstText;
      if (due < looksAt) lookAt(due);
    },
    heard(text) {
      begun ||= text !== "";
      due = null;
    },
    late: () => late,
    stop() {
      due = null;
      clearTimeout(timer);
    },
  };
}
