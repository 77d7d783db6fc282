import {
  type ClientLoaderFunctionArgs,
  type ShouldRevalidateFunction,
  useLoaderData,
  useRevalidator,
  useRouteError,
} from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { asProblem } from "../api/problem.ts";
import { AskScreen } from "../ask/ask-screen.tsx";
import { AskSkeleton } from "../ask/ask-skeleton.tsx";
import { loadAsk } from "../ask/load-ask.ts";
import { ProblemPage } from "../components/problem-page.tsx";
import { pageTitle } from "../frame/page-title.ts";

export const meta = pageTitle("ask");

/** The browser calls the API itself: its session cookie goes along, and the page's frame needn't wait. */
export function clientLoader({ params }: ClientLoaderFunctionArgs) {
  return loadAsk(params.assistant ?? null);
}
clientLoader.hydrate = true;

/** Another conversation or source of the same assistant needs nothing new. */
export const shouldRevalidate: ShouldRevalidateFunction = ({
  currentParams,
  nextParams,
  currentUrl,
  nextUrl,
  defaultShouldRevalidate,
}) => {
  const isAsked = currentUrl.href === nextUrl.href;
  return currentParams.assistant !== nextParams.assistant || (isAsked && defaultShouldRevalidate);
};

export { AskSkeleton as HydrateFallback };

export default function AskRoute() {
  return <AskScreen data={useLoaderData<typeof clientLoader>()} />;
}

export function ErrorBoundary() {
  const { t } = useTranslation();
  const { revalidate } = useRevalidator();
  return <ProblemPage title={t("crashTitle")} problem={asProblem(useRouteError())} onRetry={revalidate} />;
}
