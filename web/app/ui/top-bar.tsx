import { useFetcher } from "@remix-run/react";
import type { Locale } from "../i18n/locale.ts";
import { useLocale, useMessages } from "../i18n/messages.ts";
import { AnchorMark } from "./icons.tsx";

const LANGUAGES: { locale: Locale; name: string; short: string }[] = [
  { locale: "fr", name: "Français", short: "FR" },
  { locale: "en", name: "English", short: "EN" },
];

export function TopBar() {
  const t = useMessages();
  return (
    <header className="top-bar">
      <a className="skip-link" href="#question">
        {t.skipToQuestion}
      </a>
      <a className="brand" href="/">
        <AnchorMark />
        Ancre
      </a>
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
