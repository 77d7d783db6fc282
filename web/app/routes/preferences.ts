import { type ActionFunctionArgs, redirect } from "@remix-run/cloudflare";
import { rememberPreferences } from "../i18n/preferences.server.ts";

/** Remembers the reader's language or theme; the page that asked takes them up by itself. */
export async function action({ request }: ActionFunctionArgs) {
  const { protocol } = new URL(request.url);
  const headers = await rememberPreferences(await request.formData(), protocol === "https:");
  if (!headers) throw new Response(null, { status: 400 });
  return new Response(null, { status: 204, headers });
}

/** The address has nothing to show. */
export function loader() {
  return redirect("/");
}
