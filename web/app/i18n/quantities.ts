import type { Locale } from "./locale.ts";

const BYTE_UNITS: Record<Locale, readonly string[]> = {
  en: ["B", "KiB", "MiB", "GiB", "TiB"],
  fr: ["o", "Kio", "Mio", "Gio", "Tio"],
};
/** Below this, an amount of money shows its first figures rather than cents. */
const SMALL_AMOUNT = 0.1;

type Quantities = ReturnType<typeof createQuantities>;

/** Kept for as long as the page: making a language's writers costs more than a row of a table. */
const made = new Map<Locale, Quantities>();

/** Writers of numbers, money and dates as a language has them. */
export function quantitiesOf(locale: Locale): Quantities {
  const known = made.get(locale) ?? createQuantities(locale);
  made.set(locale, known);
  return known;
}

function createQuantities(locale: Locale) {
  const number = new Intl.NumberFormat(locale);
  const compact = new Intl.NumberFormat(locale, { notation: "compact", maximumSignificantDigits: 3 });
  const short = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });
  const percent = new Intl.NumberFormat(locale, { style: "percent" });
  const seconds = new Intl.NumberFormat(locale, {
    style: "unit",
    unit: "second",
    unitDisplay: "short",
    maximumSignificantDigits: 2,
  });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "long" });
  const shortDate = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" });
  const month = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" });

  const shortMonth = new Intl.DateTimeFormat(locale, { month: "short", timeZone: "UTC" });

  /** French counts the first of a month, which Intl doesn't know. */
  const ordinal = (text: string) => (locale === "fr" ? text.replace(/^1 /, "1er ") : text);

  return {
    number: (n: number) => number.format(n),
    compact: (n: number) => compact.format(n),
    /** A share of one, rounded down: only a whole is 100 %, and only nothing is 0 %. */
    percent: (share: number) =>
      share > 0 && share < 0.01
        ? `<${locale === "fr" ? "\u202f" : ""}${percent.format(0.01)}`
        : percent.format(Math.floor(share * 100) / 100),
    bytes(n: number): string {
      const power = n < 1 ? 0 : Math.min(4, Math.floor(Math.log2(n) / 10));
      return `${short.format(n / 1024 ** power)}\u00a0${BYTE_UNITS[locale][power]}`;
    },
    money(amount: number, currency: string): string {
      const isSmall = amount !== 0 && Math.abs(amount) < SMALL_AMOUNT;
      const digits = isSmall
        ? { maximumSignificantDigits: 2 }
        : { minimumFractionDigits: Number.isInteger(amount) ? 0 : 2, maximumFractionDigits: 2 };
      return new Intl.NumberFormat(locale, {
        style: "currency",
        currency,
        currencyDisplay: "narrowSymbol",
        ...digits,
      }).format(amount);
    },
    seconds: (milliseconds: number) => seconds.format(milliseconds / 1000),
    date: (moment: string) => ordinal(date.format(new Date(moment))),
    shortDate: (at: string) => ordinal(shortDate.format(new Date(at))),
    /** A date with its time. */
    moment: (at: string) => ordinal(moment.format(new Date(at))),
    /** Of a UTC day, as "2026-11-22". */
    day: (utcDay: string) => ordinal(day.format(new Date(utcDay))),
    /** The UTC month that a moment belongs to. */
    month: (moment: string) => month.format(new Date(moment)),
    /** The same in a few letters, without its year. */
    shortMonth: (moment: string) => shortMonth.format(new Date(moment)),
  };
}
