export const TONES = ["plain", "formal", "brief", "steps"] as const;

export function hasLine(prompt: string, line: string): boolean {
  return prompt.split("\n").some((other) => other.trim() === line);
}

/** Instructions with a tone's line at their end, or without it where it stood. */
export function toggleLine(prompt: string, line: string): string {
  if (!hasLine(prompt, line)) return prompt.trim() === "" ? line : `${prompt.trimEnd()}\n${line}`;
  return prompt
    .split("\n")
    .filter((other) => other.trim() !== line)
    .join("\n");
}
