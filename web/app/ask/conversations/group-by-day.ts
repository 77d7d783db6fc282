import type { Conversation } from "../../api/shapes.ts";

export type Day = { key: string; conversations: Conversation[] };

/** Conversations by the reader's own calendar day, as "2026-11-22"; their order stays. */
export function groupByDay(conversations: Conversation[]): Day[] {
  const days: Day[] = [];
  for (const conversation of conversations) {
    const key = dayOf(new Date(conversation.updated_at));
    const last = days.at(-1);
    if (last?.key === key) last.conversations.push(conversation);
    else days.push({ key, conversations: [conversation] });
  }
  return days;
}

/** Days between a day and today; 0 is today. */
export function daysAgo(key: string, now: Date): number {
  const midnight = (day: string) => new Date(`${day}T00:00:00Z`).getTime();
  return Math.round((midnight(dayOf(now)) - midnight(key)) / 86_400_000);
}

function dayOf(moment: Date): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}
