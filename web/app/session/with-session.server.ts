import { type LoaderFunctionArgs, redirect } from "@remix-run/cloudflare";
import { clerkSettings } from "./clerk-settings.server.ts";

/** Where one may be without a session. */
const OPEN = /^\/sign-(?:in|up)(?:\/|$)/;

/** The key by which a browser finds Clerk; null where nobody signs in. */
type SignIn = { signIn: string | null };

/**
 * The root's data for whoever is signed in, their session renewed at Clerk's where that is due; who has none is sent to
 * sign in and comes back. Without Clerk's keys nothing of it is loaded, and everybody may come.
 */
export async function withSession<Data extends Record<string, unknown>>(
  args: LoaderFunctionArgs,
  data: Data,
): Promise<Data & SignIn> {
  const settings = clerkSettings(args.context);
  if (settings === null) return { ...data, signIn: null };
  const { rootAuthLoader } = await import("@clerk/remix/ssr.server");
  const { publishableKey, secretKey, jwtKey } = settings;
  const { origin, pathname, search } = new URL(args.request.url);
  const options = {
    publishableKey,
    secretKey,
    authorizedParties: [origin],
    signInUrl: "/sign-in",
    signUpUrl: "/sign-up",
  };
  const response = await rootAuthLoader(
    args,
    ({ request }) => {
      if (request.auth.userId === null && !OPEN.test(pathname)) {
        throw redirect(`/sign-in?redirect_url=${encodeURIComponent(pathname + search)}`);
      }
      return { ...data, signIn: publishableKey };
    },
    jwtKey === null ? options : { ...options, jwtKey },
  );
  return response as unknown as Data & SignIn;
}
