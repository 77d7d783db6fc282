import { type ActionFunctionArgs, redirect } from "@remix-run/cloudflare";
import { isLocale, localeCookie } from "../i18n/locale.ts";

/** The pages one may have come from; an address of any other shape could lead away from here. */
const PAGES = ["/", "/plan"];

/** Remembers the reader's language and takes them back to where they were. */
export async function action({ request }: ActionFunctionArgs) {
  const locale = (await request.formData()).get("locale");
  if (!isLocale(locale)) throw new Response(null, { status: 400 });
  const secure = new URL(request.url).protocol === "https:";
  return redirect(cameFrom(request), { headers: { "Set-Cookie": localeCookie(locale, secure) } });
}

/** The address has nothing to show. */
export function loader() {
  return redirect("/");
}

function cameFrom(request: Request): string {
  const referrer = URL.parse(request.headers.get("Referer") ?? "");
  if (referrer?.host !== new URL(request.url).host || !PAGES.includes(referrer.pathname)) return "/";
  return `${referrer.pathname}${referrer.search}`;
}
