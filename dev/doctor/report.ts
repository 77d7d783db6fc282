import type { Finding } from "./finding.ts";

const MARKS: Record<Finding["state"], string> = { ok: "✓", missing: "✗", wrong: "✗", skipped: "–" };

/** Whether nothing that was looked at is missing or wrong. */
export function isHealthy(findings: Finding[]): boolean {
  return findings.every(({ state }) => state === "ok" || state === "skipped");
}

/** A part's lines for a terminal: what was found, and under what is not well what to do. */
export function formatFindings(name: string, findings: Finding[]): string {
  const lines = findings.flatMap(({ state, what, remedy }) => [
    `  ${MARKS[state]} ${state === "missing" ? `missing: ${what}` : what}`,
    ...(remedy ? [`      ${remedy}`] : []),
  ]);
  return [name, ...lines].join("\n");
}
