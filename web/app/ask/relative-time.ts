import type { Locale } from "../i18n/locale.ts";

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** How long ago a moment was, in its largest unit: "2 hours ago", "hier". */
export function relativeTime(moment: string, now: Date, locale: Locale): string {
  const seconds = (now.getTime() - new Date(moment).getTime()) / 1_000;
  const [unit, length] = UNITS.find(([, size]) => seconds >= size) ?? ["second", 1];
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  // Under a minute it is just "now".
  return unit === "second" ? format.format(0, "second") : format.format(-Math.floor(seconds / length), unit);
}
