import { NavLink, useFetcher, useLocation } from "@remix-run/react";
import type { Locale } from "../i18n/locale.ts";
import { useLocale, useMessages } from "../i18n/messages.ts";
import { AnchorMark } from "./icons.tsx";

const LANGUAGES: { locale: Locale; name: string; short: string }[] = [
  { locale: "fr", name: "Français", short: "FR" },
  { locale: "en", name: "English", short: "EN" },
];

export function TopBar() {
  const t = useMessages();
  const isPlan = useLocation().pathname === "/plan";
  return (
    <header className="top-bar">
      <a className="skip-link" href={isPlan ? "#content" : "#question"}>
        {isPlan ? t.plan.skip : t.skipToQuestion}
      </a>
      <a className="brand" href="/">
        <AnchorMark />
        Ancre
      </a>
      <nav>
        <NavLink to="/plan">{t.plan.link}</NavLink>
      </nav>
      <LanguageSwitch />
    </header>
  );
}

function LanguageSwitch() {
  const t = useMessages();
  const current = useLocale();
  const { Form } = useFetcher();
  return (
    <Form method="post" action="/language" className="language">
      <fieldset>
        <legend className="visually-hidden">{t.language}</legend>
        {LANGUAGES.map(({ locale, name, short }) => (
          <button
            key={locale}
            type="submit"
            name="locale"
            value={locale}
            lang={locale}
            className="quiet"
            aria-label={name}
            aria-pressed={locale === current}
          >
            {short}
          </button>
        ))}
      </fieldset>
    </Form>
  );
}
