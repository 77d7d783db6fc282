export type Locale = "fr" | "en";

const COOKIE = "ancre_locale";
const ONE_YEAR_SECONDS = 31_536_000;

export function isLocale(value: unknown): value is Locale {
  return value === "fr" || value === "en";
}

/** The language to answer in: the reader's own choice, else what their browser asks for, else English. */
export function requestLocale(request: Request): Locale {
  const chosen = /(?:^|;\s*)ancre_locale=(\w+)/.exec(request.headers.get("Cookie") ?? "")?.[1];
  return isLocale(chosen) ? chosen : preferredLocale(request.headers.get("Accept-Language") ?? "");
}

/** The first language of an `Accept-Language` header, by weight, that Ancre speaks. */
export function preferredLocale(header: string): Locale {
  const wanted = header.split(",").map((part) => {
    const [tag = "", weight] = part.trim().split(/\s*;\s*q=/);
    return { language: tag.slice(0, 2).toLowerCase(), weight: weight === undefined ? 1 : Number(weight) };
  });
  const byWeight = wanted.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight);
  return byWeight.map(({ language }) => language).find(isLocale) ?? "en";
}

export function localeCookie(locale: Locale, secure: boolean): string {
  const cookie = `${COOKIE}=${locale}; Path=/; Max-Age=${ONE_YEAR_SECONDS}; SameSite=Lax; HttpOnly`;
  return secure ? `${cookie}; Secure` : cookie;
}
