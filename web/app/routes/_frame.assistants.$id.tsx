import {
  type ClientLoaderFunctionArgs,
  type ShouldRevalidateFunction,
  useLoaderData,
  useLocation,
  useParams,
  useRevalidator,
  useRouteError,
} from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem } from "../api/problem.ts";
import { EditorScreen } from "../assistants/editor-screen.tsx";
import { EditorSkeleton } from "../assistants/editor-skeleton.tsx";
import { loadEditor } from "../assistants/load-assistants.ts";
import { ProblemPage } from "../components/problem-page.tsx";
import { pageTitle } from "../frame/page-title.ts";

export const meta = pageTitle("assistants");

/** "new" is the address of an assistant that isn't made yet. */
export function clientLoader({ params }: ClientLoaderFunctionArgs) {
  return loadEditor(params.id === "new" ? null : (params.id ?? null));
}
clientLoader.hydrate = true;

/** A source that is opened beside the form changes nothing of it. */
export const shouldRevalidate: ShouldRevalidateFunction = ({
  currentParams,
  nextParams,
  currentUrl,
  nextUrl,
  defaultShouldRevalidate,
}) => currentParams.id !== nextParams.id || (currentUrl.href === nextUrl.href && defaultShouldRevalidate);

export { EditorSkeleton as HydrateFallback };

export default function AssistantRoute() {
  const data = useLoaderData<typeof clientLoader>();
  return <EditorScreen key={useEditorKey()} data={data} />;
}

/** Another for each assistant that is opened; one that has just been made keeps its form and its preview. */
function useEditorKey(): number {
  const { id = "new" } = useParams();
  const state: unknown = useLocation().state;
  const wasMadeHere = typeof state === "object" && state !== null && "made" in state && state.made === id;
  const [shown, setShown] = useState({ id, key: 0 });
  if (shown.id === id) return shown.key;
  const key = shown.id === "new" && wasMadeHere ? shown.key : shown.key + 1;
  setShown({ id, key });
  return key;
}

export function ErrorBoundary() {
  const { t } = useTranslation();
  const { revalidate } = useRevalidator();
  return <ProblemPage title={t("crashTitle")} problem={asProblem(useRouteError())} onRetry={revalidate} />;
}
