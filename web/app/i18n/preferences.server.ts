import { createCookie } from "@remix-run/cloudflare";
import { RemixI18Next } from "remix-i18next/server";
import { isTheme, type Theme } from "../frame/theme.ts";
import { DEFAULT_LOCALE, isLocale, LOCALES, type Locale } from "./locale.ts";

const ONE_YEAR_SECONDS = 31_536_000;

const options = { path: "/", maxAge: ONE_YEAR_SECONDS, sameSite: "lax", httpOnly: true } as const;
const localeCookie = createCookie("ancre_locale", options);
const themeCookie = createCookie("ancre_theme", options);

const remixI18n = new RemixI18Next({
  detection: {
    supportedLanguages: [...LOCALES],
    fallbackLanguage: DEFAULT_LOCALE,
    cookie: localeCookie,
    order: ["cookie", "custom"],
    // Without their regions, since the library would put a plain language before a heavier one with its region.
    findLocale: async ({ headers }) => (headers.get("Accept-Language") ?? "").replaceAll(/-\w+/g, ""),
  },
});

/** The language to answer in: the reader's own choice, else what their browser asks for, else English. */
export async function requestLocale(request: Request): Promise<Locale> {
  const locale = await remixI18n.getLocale(request);
  return isLocale(locale) ? locale : DEFAULT_LOCALE;
}

/** The theme the reader chose, else the system's. */
export async function requestTheme(request: Request): Promise<Theme> {
  const theme: unknown = await themeCookie.parse(request.headers.get("Cookie"));
  return isTheme(theme) ? theme : "system";
}

/** Cookies that remember what a form asks for; null when it asks for nothing we know. */
export async function rememberPreferences(form: FormData, secure: boolean): Promise<Headers | null> {
  const headers = new Headers();
  const locale = form.get("locale");
  const theme = form.get("theme");
  if (isLocale(locale)) headers.append("Set-Cookie", await localeCookie.serialize(locale, { secure }));
  if (isTheme(theme)) headers.append("Set-Cookie", await themeCookie.serialize(theme, { secure }));
  return headers.has("Set-Cookie") ? headers : null;
}
