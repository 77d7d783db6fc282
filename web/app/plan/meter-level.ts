export type MeterLevel = "calm" | "near" | "full";

/** The share of a limit from which its meter warns. */
const NEAR = 0.8;

/** The share of a limit that is used; a limit of nothing is always used up. */
export function shareUsed(used: number, limit: number): number {
  return limit > 0 ? used / limit : 1;
}

/** How a meter looks: it warns from 80 % on and is full at 100 %, or past it after a change to a smaller plan. */
export function meterLevel(used: number, limit: number): MeterLevel {
  const share = shareUsed(used, limit);
  if (share >= 1) return "full";
  return share >= NEAR ? "near" : "calm";
}
