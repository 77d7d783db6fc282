/** One line of what went wrong with a piece of work: ids, reasons and figures, never what a document says. */
export function logEvent(event: string, fields: Record<string, unknown>): void {
  console.error(JSON.stringify({ event, ...fields }));
}

/** One line of what was done, as every request and message leaves one; held to the same. */
export function logDone(event: string, fields: Record<string, unknown>): void {
  console.log(JSON.stringify({ event, ...fields }));
}

/**
 * What an error is: its kind, and the code or status that Postgres or an upstream gave. Not its words, since a failed
 * statement's message holds the statement, and with it pages and chunks.
 */
export function errorFacts(error: unknown): { error: string; code?: string } {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const { code, status } = cause as Partial<Record<"code" | "status", unknown>>;
    const found = typeof code === "string" ? code : status;
    if (typeof found === "string" || typeof found === "number")
      return { error: nameOf(error), code: String(found) };
  }
  return { error: nameOf(error) };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
