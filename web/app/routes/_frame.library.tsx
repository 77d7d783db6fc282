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
import { LibraryScreen } from "../library/library-screen.tsx";
import { LibrarySkeleton } from "../library/library-skeleton.tsx";
import { loadLibrary } from "../library/load-library.ts";
import { readView } from "../library/view.ts";
import { isSameBesidesSource } from "../source/place.ts";

export const meta = pageTitle("library");

export const handle = { i18n: "library" };

export function clientLoader({ request }: ClientLoaderFunctionArgs) {
  return loadLibrary(readView(new URL(request.url).searchParams));
}
clientLoader.hydrate = true;

export const shouldRevalidate: ShouldRevalidateFunction = ({
  currentUrl,
  nextUrl,
  defaultShouldRevalidate,
}) =>
  defaultShouldRevalidate && (currentUrl.href === nextUrl.href || !isSameBesidesSource(currentUrl, nextUrl));

export { LibrarySkeleton as HydrateFallback };

export default function LibraryRoute() {
  const data = useLoaderData<typeof clientLoader>();
  return <LibraryScreen key={data.collection?.id ?? "none"} data={data} />;
}

export function ErrorBoundary() {
  const { t } = useTranslation();
  const { revalidate } = useRevalidator();
  return <ProblemPage title={t("crashTitle")} problem={asProblem(useRouteError())} onRetry={revalidate} />;
}
