import {
  type ClientLoaderFunctionArgs,
  useLoaderData,
  useRevalidator,
  useRouteError,
} from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { asProblem } from "../api/problem.ts";
import { ProblemPage } from "../components/problem-page.tsx";
import { pageTitle } from "../frame/page-title.ts";
import { ErasedScreen } from "../settings/erased-screen.tsx";
import { loadErasure } from "../settings/load-settings.ts";
import { SettingsSkeleton } from "../settings/settings-skeleton.tsx";

export const meta = pageTitle("settings");

export function clientLoader({ params }: ClientLoaderFunctionArgs) {
  return loadErasure(params.tenant ?? "");
}
clientLoader.hydrate = true;

export { SettingsSkeleton as HydrateFallback };

export default function ErasedRoute() {
  return <ErasedScreen deletion={useLoaderData<typeof clientLoader>()} />;
}

export function ErrorBoundary() {
  const { t } = useTranslation();
  const { revalidate } = useRevalidator();
  return <ProblemPage title={t("crashTitle")} problem={asProblem(useRouteError())} onRetry={revalidate} />;
}
