/** Milliseconds between two progress lines where they can't overwrite each other (a log, a pipe). */
const LOG_INTERVAL_MS = 1_000;

let shown = "";
let loggedAt = 0;

/** Writes text as it comes, without a line end. */
export function write(text: string): void {
  process.stdout.write(text);
}

/** Shows a passing state in place of the last one; an empty text clears it. */
export function showStatus(text: string): void {
  if (process.stdout.isTTY) {
    write(`\r${text.padEnd(shown.length)}${text ? "" : "\r"}`);
    shown = text;
  } else if (text && Date.now() - loggedAt >= LOG_INTERVAL_MS) {
    write(`${text}\n`);
    loggedAt = Date.now();
  }
}
