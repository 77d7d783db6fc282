import { say, warn } from "../../dev/terminal.ts";
import { readCases } from "./cases.ts";
import { evaluateGuard } from "./evaluate.ts";
import { measureTime } from "./measure-time.ts";
import { formatReport } from "./report.ts";

/**
 * `npm run eval:guard -- DATA [dev]`: mutated sentences must be flagged, faithful ones verified. `dev` looks at that half
 * alone and lists what went wrong. Exits with 1 below a bar.
 */
async function main(data: string | undefined, only: string | undefined): Promise<number> {
  if (!data) {
    warn("Usage: npm run eval:guard -- DATA [dev] (a folder with questions.jsonl)");
    return 1;
  }
  const cases = await readCases(data);
  let passed = true;
  for (const half of ["dev", "held-out"] as const) {
    if (only && only !== half) continue;
    const figures = evaluateGuard(cases[half]);
    const report = formatReport(`${half}, ${cases[half].length} sentences`, figures);
    say(report.text);
    passed &&= report.passed;
    if (!only) continue;
    for (const { id, kind, text, reason } of figures.faults) say(`${kind}\t${reason}\t${id}\t${text}`);
  }
  const time = measureTime(cases.dev);
  say(time.text);
  return passed && time.passed ? 0 : 1;
}

process.exitCode = await main(process.argv[2], process.argv[3]);
