import type { AppLoadContext, EntryContext } from "@remix-run/cloudflare";
import { RemixServer } from "@remix-run/react";
import { isbot } from "isbot";
import { renderToReadableStream } from "react-dom/server";
import { I18nextProvider } from "react-i18next";
import { LATER_AREAS } from "./i18n/catalogue.ts";
import { createI18n } from "./i18n/create-i18n.ts";
import { requestLocale } from "./i18n/preferences.server.ts";
import { contentSecurityPolicy, createNonce } from "./security/content-security-policy.ts";
import { NonceContext } from "./security/nonce.ts";
import { clerkSettings } from "./session/clerk-settings.server.ts";

export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
  loadContext: AppLoadContext,
): Promise<Response> {
  const nonce = createNonce();
  const i18n = await createI18n(await requestLocale(request), LATER_AREAS);
  let finalStatus = status;
  const body = await renderToReadableStream(
    <NonceContext.Provider value={nonce}>
      <I18nextProvider i18n={i18n}>
        <RemixServer context={context} url={request.url} nonce={nonce} />
      </I18nextProvider>
    </NonceContext.Provider>,
    {
      nonce,
      signal: request.signal,
      onError(error: unknown) {
        finalStatus = 500;
        // biome-ignore lint/suspicious/noConsole: nobody else hears of what fails while rendering
        if (!request.signal.aborted) console.error(error);
      },
    },
  );
  if (isbot(request.headers.get("User-Agent"))) await body.allReady;
  headers.set("Content-Type", "text/html; charset=utf-8");
  headers.set(
    "Content-Security-Policy",
    contentSecurityPolicy(nonce, {
      development: import.meta.env.DEV,
      signIn: clerkSettings(loadContext)?.origin ?? null,
    }),
  );
  headers.set("X-Content-Type-Options", "nosniff");
  headers.set("Referrer-Policy", "same-origin");
  headers.append("Vary", "Accept-Language, Cookie");
  return new Response(body, { status: finalStatus, headers });
}
