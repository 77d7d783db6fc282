const CLEAR_LINE = "\r\x1b[2K";

/** Writes a line to the terminal. */
export function say(line = ""): void {
  process.stdout.write(`${line}\n`);
}

/** Writes text as it is, without ending the line. */
export function write(text: string): void {
  process.stdout.write(text);
}

/** Shows a passing state on one line that the next call overwrites; `""` clears it. Silent when piped. */
export function showStatus(text: string): void {
  if (process.stdout.isTTY) process.stdout.write(CLEAR_LINE + text);
}

/** Writes a line to the error stream. */
export function warn(line: string): void {
  process.stderr.write(`${line}\n`);
}
