/** Writes a line to the terminal. */
export function say(line = ""): void {
  process.stdout.write(`${line}\n`);
}

/** Writes a line to the error stream. */
export function warn(line: string): void {
  process.stderr.write(`${line}\n`);
}
