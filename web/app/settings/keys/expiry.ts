const DAYS = { never: null, month: 30, quarter: 90, year: 365 } as const;

export type Expiry = keyof typeof DAYS;

export const EXPIRIES = Object.keys(DAYS) as Expiry[];

const DAY_MS = 24 * 60 * 60 * 1_000;

/** When a key made now ends, as the API takes it; null: never. */
export function expiryDate(expiry: Expiry, now: Date): string | null {
  const days = DAYS[expiry];
  return days === null ? null : new Date(now.getTime() + days * DAY_MS).toISOString();
}
