/** The UTC month that a moment belongs to, as "2026-11". */
export function monthOf(moment: Date): string {
  return moment.toISOString().slice(0, 7);
}

/** When the month of `moment` ends and its counters start again. */
export function monthEnd(moment: Date): Date {
  return new Date(Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth() + 1, 1));
}
