/** Whether the API still takes the reader's session; watched by the notice that says it doesn't. */
let isExpired = false;
const listeners = new Set<() => void>();

export const session = {
  isExpired: () => isExpired,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
  /** Told each time that a session which had ended is there again. */
  onReturn: (listener: () => void) => session.subscribe(() => isExpired || listener()),
  /** Told by every call of the API. */
  noteAnswer(expired: boolean) {
    if (expired === isExpired) return;
    isExpired = expired;
    for (const listener of listeners) listener();
  },
};
