import { RemixBrowser } from "@remix-run/react";
import { setNonce } from "get-nonce";
import { StrictMode, startTransition } from "react";
import { hydrateRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { getInitialNamespaces } from "remix-i18next/client";
import { isLater } from "./i18n/catalogue.ts";
import { createI18n } from "./i18n/create-i18n.ts";
import { DEFAULT_LOCALE, isLocale } from "./i18n/locale.ts";

// Dialogs put a style element into the page that stops it from scrolling.
setNonce(document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "");

const { lang } = document.documentElement;
const areas = getInitialNamespaces().filter(isLater);
const i18n = await createI18n(isLocale(lang) ? lang : DEFAULT_LOCALE, areas);

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <I18nextProvider i18n={i18n}>
        <RemixBrowser />
      </I18nextProvider>
    </StrictMode>,
  );
});
