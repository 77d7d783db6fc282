/** The Worker's variables, and those that only a release needs; an empty value counts as unset. */
export type Variables = Record<string, string | undefined>;

/**
 * What one look at one thing found. `wrong` and `missing` say in `remedy` what to do; `skipped` says why nothing was
 * looked at.
 */
export type Finding = {
  state: "ok" | "missing" | "wrong" | "skipped";
  /** What was looked at, and what it is like. Never a secret's text. */
  what: string;
  remedy?: string;
};

/** Looks at one part of a deployment. Never throws for what it is to report. */
export type Check = { name: string; run(variables: Variables): Promise<Finding[]> };

export const ok = (what: string): Finding => ({ state: "ok", what });
export const skipped = (what: string): Finding => ({ state: "skipped", what });
export const missing = (what: string, remedy: string): Finding => ({ state: "missing", what, remedy });
export const wrong = (what: string, remedy: string): Finding => ({ state: "wrong", what, remedy });

/** Milliseconds that one look from outside may take. */
const TIMEOUT_MS = 15_000;

/** A request that ends in time. Resolves to the error's sentence when nothing answers. */
export async function ask(url: string, init: RequestInit = {}): Promise<Response | string> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return cause instanceof Error ? cause.message : String(cause);
  }
}

/** "answered 401", or why nothing answered. */
export function outcomeOf(answer: Response | string): string {
  return typeof answer === "string" ? `didn't answer (${answer})` : `answered ${answer.status}`;
}
