import {
  type ClientLoaderFunctionArgs,
  type ShouldRevalidateFunction,
  useLoaderData,
  useRevalidator,
  useRouteError,
} from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { asProblem } from "../api/problem.ts";
import { ProblemPage } from "../components/problem-page.tsx";
import { pageTitle } from "../frame/page-title.ts";
import { loadStart } from "../start/load-start.ts";
import { StartScreen } from "../start/start-screen.tsx";
import { StartSkeleton } from "../start/start-skeleton.tsx";

export const meta = pageTitle("start");

export function clientLoader({ request }: ClientLoaderFunctionArgs) {
  return loadStart(new URL(request.url).searchParams.get("reading"));
}
clientLoader.hydrate = true;

/** What the address gains on the way, the document and the source on show, is known already. */
export const shouldRevalidate: ShouldRevalidateFunction = ({
  currentUrl,
  nextUrl,
  defaultShouldRevalidate,
}) => currentUrl.href === nextUrl.href && defaultShouldRevalidate;

export { StartSkeleton as HydrateFallback };

export default function StartRoute() {
  return <StartScreen data={useLoaderData<typeof clientLoader>()} />;
}

export function ErrorBoundary() {
  const { t } = useTranslation();
  const { revalidate } = useRevalidator();
  return <ProblemPage title={t("crashTitle")} problem={asProblem(useRouteError())} onRetry={revalidate} />;
}
