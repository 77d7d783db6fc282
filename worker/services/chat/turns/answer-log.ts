import { advance, BEGINNING, type Position, remainder, toEventId } from "../event-position.ts";
import type { SentEvent } from "../events.ts";

export type NumberedEvent = SentEvent & { id: string };

/** An answer's events so far; readers share them and each goes at its own pace. */
export type AnswerLog = {
  add(event: SentEvent): void;
  /** Nothing is added any more. */
  end(): void;
  /** What follows a position: what is there at once, then what comes, until the end. */
  follow(reached: Position): AsyncGenerator<NumberedEvent, void>;
};

export function createAnswerLog(): AnswerLog {
  const events: SentEvent[] = [];
  let ended = false;
  let news = Promise.withResolvers<void>();
  const tell = () => {
    news.resolve();
    news = Promise.withResolvers();
  };
  return {
    add(event) {
      events.push(event);
      tell();
    },
    end() {
      ended = true;
      tell();
    },
    async *follow(reached) {
      let at = BEGINNING;
      for (let index = 0; ; index++) {
        while (index >= events.length && !ended) await news.promise;
        const event = events[index];
        if (!event) return;
        const rest = remainder(event, at, reached);
        at = advance(at, event);
        if (rest) yield { id: toEventId(at), ...rest };
      }
    },
  };
}

/** What follows a position, of events that are all there. */
export function* eventsAfter(events: Iterable<SentEvent>, reached: Position): Generator<NumberedEvent, void> {
  let at = BEGINNING;
  for (const event of events) {
    const rest = remainder(event, at, reached);
    at = advance(at, event);
    if (rest) yield { id: toEventId(at), ...rest };
  }
}
