import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import {
  type ClientLoaderFunctionArgs,
  useLoaderData,
  useRevalidator,
  useRouteError,
  useSearchParams,
} from "@remix-run/react";
import { useState } from "react";
import { asProblem, rethrowUnreachable } from "../api/problem.ts";
import { AskPane } from "../ask/ask-pane.tsx";
import { useAssistant } from "../ask/use-assistant.ts";
import { useConversation } from "../ask/use-conversation.ts";
import { requestLocale } from "../i18n/locale.ts";
import { useLocale } from "../i18n/messages.ts";
import { LibraryPane } from "../library/library-pane.tsx";
import { loadWorkspace } from "../library/load-library.ts";
import { useLibrary } from "../library/use-library.ts";
import type { OpenAnchor } from "../source/anchor.ts";
import { SourcePanel } from "../source/source-panel.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { WorkspaceSkeleton } from "../ui/workspace-skeleton.tsx";

export function loader({ request }: LoaderFunctionArgs) {
  return { locale: requestLocale(request) };
}

/** The browser calls the API itself: its session cookie goes along, and the page's frame needn't wait. */
export async function clientLoader({ request, serverLoader }: ClientLoaderFunctionArgs) {
  const { locale } = await serverLoader<typeof loader>().catch(rethrowUnreachable);
  return loadWorkspace(new URL(request.url).searchParams.get("collection"), locale);
}
clientLoader.hydrate = true;

export { WorkspaceSkeleton as HydrateFallback };

export default function WorkspaceRoute() {
  const [search] = useSearchParams();
  return <Workspace key={search.get("collection")} assistantId={search.get("assistant")} />;
}

function Workspace({ assistantId }: { assistantId: string | null }) {
  const { collections, collection, documents, assistants } = useLoaderData<typeof clientLoader>();
  const locale = useLocale();
  const library = useLibrary(collection, documents, locale);
  const assistant = assistants.find(({ id }) => id === assistantId) ?? assistants[0] ?? null;
  const ensureAssistant = useAssistant(assistant, library.ensureCollection, locale);
  const conversation = useConversation(assistantId, ensureAssistant, locale);
  const [chosen, setOpened] = useState<OpenAnchor | null>(null);
  // An answer that leaves the thread takes its source along.
  const isInThread = conversation.turns.some(({ id }) => id === chosen?.anchors[0]?.turnId);
  const opened = isInThread ? chosen : null;

  const close = () => {
    const opener = opened?.anchors[opened.index]?.opener;
    setOpened(null);
    // Once the panel is gone, so that what it covered can take focus again.
    requestAnimationFrame(() => opener && document.getElementById(opener)?.focus());
  };
  return (
    <main className="workspace" data-panel={opened !== null}>
      <LibraryPane library={library} collections={collections} collection={collection} />
      <AskPane
        conversation={conversation}
        assistants={assistants}
        assistant={assistant}
        ready={library.ready}
        hasDocuments={library.documents.length + library.uploads.length > 0}
        opened={opened}
        onOpen={setOpened}
      />
      {opened && (
        <SourcePanel opened={opened} onMove={(index) => setOpened({ ...opened, index })} onClose={close} />
      )}
    </main>
  );
}

export function ErrorBoundary() {
  const { revalidate } = useRevalidator();
  return (
    <main className="workspace-failure">
      <ProblemNote problem={asProblem(useRouteError())} onRetry={revalidate} />
    </main>
  );
}
