import { type ShouldRevalidateFunction, useLoaderData } from "@remix-run/react";
import { pageTitle } from "../frame/page-title.ts";
import { KeysSection } from "../settings/keys/keys-section.tsx";
import { loadKeys } from "../settings/load-settings.ts";
import { SectionProblem } from "../settings/section-problem.tsx";

export const meta = pageTitle("settings");

export function clientLoader() {
  return loadKeys();
}
clientLoader.hydrate = true;

/** The assistant in the address only fills the form. */
export const shouldRevalidate: ShouldRevalidateFunction = ({
  currentUrl,
  nextUrl,
  defaultShouldRevalidate,
}) =>
  defaultShouldRevalidate && (currentUrl.pathname !== nextUrl.pathname || currentUrl.href === nextUrl.href);

export default function KeysRoute() {
  return <KeysSection data={useLoaderData<typeof clientLoader>()} />;
}

export { SectionProblem as ErrorBoundary };
