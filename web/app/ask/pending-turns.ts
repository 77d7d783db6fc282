/** A question as it was sent, so that it can be sent again: its `turn_id` makes it the same one. */
export type PendingTurn = {
  assistantId: string;
  /** The turn that it is asked in the place of, as the page shows it. */
  revises: string | null;
  body: { message: string; turn_id: string; conversation_id?: string };
  /** The answer's own id, once it has begun. */
  messageId: string | null;
};

const nameOf = (key: string) => `ancre.turn.${key}`;

/** Questions whose answers haven't come to their end, by thread: a page that is loaded anew finds them here. */
export const pendingTurns = {
  find(key: string): PendingTurn | null {
    const kept = globalThis.sessionStorage?.getItem(nameOf(key));
    return kept ? (JSON.parse(kept) as PendingTurn) : null;
  },
  keep(key: string, turn: PendingTurn): void {
    globalThis.sessionStorage?.setItem(nameOf(key), JSON.stringify(turn));
  },
  drop(key: string): void {
    globalThis.sessionStorage?.removeItem(nameOf(key));
  },
};
