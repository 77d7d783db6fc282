import type { MetaFunction } from "@remix-run/cloudflare";
import type { loader } from "../root.tsx";

type Page =
  | "ask"
  | "signIn"
  | "signUp"
  | "start"
  | "library"
  | "document"
  | "assistants"
  | "usage"
  | "settings"
  | "notFound";

/** A route's `meta`: its title in the page's language. */
export function pageTitle(page: Page): MetaFunction<unknown, { root: typeof loader }> {
  return ({ matches }) => {
    const root = matches.find(({ id }) => id === "root")?.data;
    return [{ title: root?.titles[page] ?? "Ancre" }];
  };
}
