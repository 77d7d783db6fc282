export const ENTRY_STATES = [
  "pending",
  "reading",
  "ready",
  "duplicate",
  "skipped",
  "failed",
  "cancelled",
] as const;

/** An entry as readers see it: once there is a document, that document's own outcome. */
export type EntryState = (typeof ENTRY_STATES)[number];
