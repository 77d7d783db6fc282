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
import { DocumentScreen } from "../document/document-screen.tsx";
import { DocumentSkeleton } from "../document/document-skeleton.tsx";
import { loadDocument } from "../document/load-document.ts";
import { pageTitle } from "../frame/page-title.ts";

export const meta = pageTitle("document");

export const handle = { i18n: ["document", "library"] };

export function clientLoader({ params }: ClientLoaderFunctionArgs) {
  return loadDocument(params.document ?? "");
}
clientLoader.hydrate = true;

/** Another page or version of the same document needs nothing new. */
export const shouldRevalidate: ShouldRevalidateFunction = ({
  currentParams,
  nextParams,
  currentUrl,
  nextUrl,
  defaultShouldRevalidate,
}) =>
  currentParams.document !== nextParams.document ||
  (currentUrl.href === nextUrl.href && defaultShouldRevalidate);

export { DocumentSkeleton as HydrateFallback };

export default function DocumentRoute() {
  const data = useLoaderData<typeof clientLoader>();
  return <DocumentScreen key={data.document.id} data={data} />;
}

export function ErrorBoundary() {
  const { t } = useTranslation();
  const { revalidate } = useRevalidator();
  const problem = asProblem(useRouteError());
  if (problem.code === "not_found")
    return <ProblemPage title={t("notFoundTitle")} hint={t("notFoundHint")} />;
  return <ProblemPage title={t("crashTitle")} problem={problem} onRetry={revalidate} />;
}
