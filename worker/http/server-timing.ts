/** The `Server-Timing` header (W3C) for steps in milliseconds; those that didn't happen are left out. */
export function serverTiming(steps: Record<string, number | null>): string {
  return Object.entries(steps)
    .filter(([, milliseconds]) => milliseconds !== null)
    .map(([step, milliseconds]) => `${step};dur=${milliseconds}`)
    .join(", ");
}
