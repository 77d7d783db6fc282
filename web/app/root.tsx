import type { LinksFunction, LoaderFunctionArgs } from "@remix-run/cloudflare";
import {
  type ClientLoaderFunctionArgs,
  Links,
  Meta,
  Outlet,
  Scripts,
  type ShouldRevalidateFunction,
  useLoaderData,
  useRouteError,
  useRouteLoaderData,
} from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useChangeLanguage } from "remix-i18next/react";
import { asProblem } from "./api/problem.ts";
import { ProblemPage } from "./components/problem-page.tsx";
import { HOLD_DROPS } from "./frame/held-drops.ts";
import { loadCatalogue } from "./i18n/catalogue.ts";
import { requestLocale, requestTheme } from "./i18n/preferences.server.ts";
import { useLocale } from "./i18n/use-locale.ts";
import { useNonce } from "./security/nonce.ts";
import { SessionDoor } from "./session/session-door.tsx";
import { withSession } from "./session/with-session.server.ts";
import styles from "./styles/app.css?url";

export const links: LinksFunction = () => [
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
  { rel: "stylesheet", href: styles },
];

export async function loader(args: LoaderFunctionArgs) {
  const { request } = args;
  const [locale, theme] = await Promise.all([requestLocale(request), requestTheme(request)]);
  const { titles } = (await loadCatalogue(locale)).frame;
  return withSession(args, { locale, theme, titles });
}

/**
 * Asked for by itself: what the pages' loaders share isn't asked for at all while the first of them still runs, and a
 * preference chosen then would leave nothing here.
 */
export function clientLoader({ serverLoader }: ClientLoaderFunctionArgs) {
  return serverLoader<typeof loader>();
}

/** Only the preferences change it; without network, moving about then fails in the route, which can say why. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ formAction }) => formAction !== undefined;

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce();
  const theme = useRouteLoaderData<typeof loader>("root")?.theme ?? "system";
  return (
    <html lang={useLocale()} data-theme={theme}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own, and of use only while nothing else runs yet */}
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: HOLD_DROPS }} />
        {/* The development server's styles carry it too; browsers hide it from scripts, so it is empty there. */}
        {import.meta.env.DEV && <meta property="csp-nonce" nonce={nonce} suppressHydrationWarning />}
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function App() {
  const { locale, signIn } = useLoaderData<typeof loader>();
  useChangeLanguage(locale);
  return (
    <>
      <Outlet />
      {signIn !== null && <SessionDoor publishableKey={signIn} />}
    </>
  );
}

export function ErrorBoundary() {
  const { t } = useTranslation();
  return <ProblemPage title={t("crashTitle")} problem={asProblem(useRouteError())} />;
}
