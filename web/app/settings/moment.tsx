import { useLocale } from "../i18n/use-locale.ts";

/** A moment to the minute, in the reader's language and time zone. */
export function Moment({ at }: { at: string }) {
  const format = new Intl.DateTimeFormat(useLocale(), { dateStyle: "medium", timeStyle: "short" });
  return <time dateTime={at}>{format.format(new Date(at))}</time>;
}
