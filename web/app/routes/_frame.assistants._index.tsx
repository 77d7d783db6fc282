import { useLoaderData, useRevalidator, useRouteError } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { asProblem } from "../api/problem.ts";
import { AssistantsScreen } from "../assistants/assistants-screen.tsx";
import { AssistantsSkeleton } from "../assistants/assistants-skeleton.tsx";
import { loadAssistants } from "../assistants/load-assistants.ts";
import { ProblemPage } from "../components/problem-page.tsx";
import { pageTitle } from "../frame/page-title.ts";

export const meta = pageTitle("assistants");

export function clientLoader() {
  return loadAssistants();
}
clientLoader.hydrate = true;

export { AssistantsSkeleton as HydrateFallback };

export default function AssistantsRoute() {
  return <AssistantsScreen data={useLoaderData<typeof clientLoader>()} />;
}

export function ErrorBoundary() {
  const { t } = useTranslation();
  const { revalidate } = useRevalidator();
  return <ProblemPage title={t("crashTitle")} problem={asProblem(useRouteError())} onRetry={revalidate} />;
}
