import { Outlet, useRevalidator, useRouteError } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { asProblem } from "../api/problem.ts";
import { ProblemPage } from "../components/problem-page.tsx";
import { pageTitle } from "../frame/page-title.ts";
import { loadSettings } from "../settings/load-settings.ts";
import { SettingsFrame } from "../settings/settings-frame.tsx";
import { SettingsSkeleton } from "../settings/settings-skeleton.tsx";

export const meta = pageTitle("settings");

export function clientLoader() {
  return loadSettings();
}
clientLoader.hydrate = true;

export { SettingsSkeleton as HydrateFallback };

export default function SettingsRoute() {
  return (
    <SettingsFrame>
      <Outlet />
    </SettingsFrame>
  );
}

export function ErrorBoundary() {
  const { t } = useTranslation();
  const { revalidate } = useRevalidator();
  return <ProblemPage title={t("crashTitle")} problem={asProblem(useRouteError())} onRetry={revalidate} />;
}
