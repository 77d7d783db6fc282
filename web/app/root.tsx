import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { Links, Meta, Outlet, Scripts, type ShouldRevalidateFunction } from "@remix-run/react";
import type { ReactNode } from "react";
import { requestLocale } from "./i18n/locale.ts";
import { messagesOf, useLocale, useMessages } from "./i18n/messages.ts";
import { useNonce } from "./security/nonce.ts";
import ask from "./styles/ask.css?url";
import base from "./styles/base.css?url";
import library from "./styles/library.css?url";
import plan from "./styles/plan.css?url";
import receipt from "./styles/receipt.css?url";
import source from "./styles/source.css?url";
import tokens from "./styles/tokens.css?url";
import { TopBar } from "./ui/top-bar.tsx";

export const links: LinksFunction = () => [
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
  ...[tokens, base, library, ask, receipt, source, plan].map((href) => ({ rel: "stylesheet", href })),
];

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: messagesOf(data?.locale ?? "en").pageTitle },
];

export function loader({ request }: LoaderFunctionArgs) {
  return { locale: requestLocale(request) };
}

/** Only the language form changes it; without network, moving about then fails in the route, which can say why. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ formAction }) => formAction !== undefined;

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce();
  return (
    <html lang={useLocale()}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <Meta />
        <Links />
      </head>
      <body>
        <TopBar />
        {children}
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function App() {
  return <Outlet />;
}

export function ErrorBoundary() {
  const t = useMessages();
  return (
    <main className="workspace-failure">
      <h1>{t.crashTitle}</h1>
      <a href="/">{t.backHome}</a>
    </main>
  );
}
