import { Link, useNavigate, useSearchParams } from "@remix-run/react";
import { ChevronLeft } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DocumentPage } from "../api/shapes.ts";
import { ProblemNote } from "../components/problem-note.tsx";
import { PageHeader } from "../frame/page-header.tsx";
import { DocumentsDialog } from "../library/library-dialogs.tsx";
import { RowMenu } from "../library/table/row-menu.tsx";
import { useDocumentActs } from "../library/use-document-acts.ts";
import { useLoaded } from "../source/use-loaded.ts";
import { DocumentFacts } from "./document-facts.tsx";
import { DocumentPanels } from "./document-panels.tsx";
import { type DocumentView, readDocumentView, withDocumentView } from "./document-view.ts";
import type { DocumentData } from "./load-document.ts";
import { PageBar } from "./page-bar.tsx";
import { PageList } from "./page-list.tsx";
import { useDocument } from "./use-document.ts";
import { useReportedPages } from "./use-reported-pages.ts";

/** A document page by page: as it looks, as Ancre reads it, and what reading it met. */
export function DocumentScreen({ data }: { data: DocumentData }) {
  const { t } = useTranslation("document");
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const { document, versions, isGone, problem, followAgain, note } = useDocument(data);
  const [said, say] = useState("");
  const acts = useDocumentActs(note, say);
  const [isDoomed, setDoomed] = useState(false);
  const { id, filename, collection_id, published_version, pages_done } = document;
  const view = readDocumentView(search);
  const version = view.version ?? published_version ?? document.version;
  const reported = useReportedPages(id, version, version === document.version ? pages_done : 0);
  const total = Math.max(reported.pages.at(-1)?.number ?? 0, 1);
  const { state: page, retry } = useLoaded<DocumentPage>(
    `/documents/${id}/pages/${view.page}?version=${version}`,
  );
  const isMissing = page.status === "failed" && page.problem.code === "not_found";
  const isRead = reported.pages.some(({ number }) => number === view.page);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page that wasn't there has been read
  useEffect(() => {
    if (isMissing && isRead) retry();
  }, [isRead]);
  const go = (next: Partial<DocumentView>) =>
    setSearch((now) => withDocumentView(now, next), { replace: true, preventScrollReset: true });
  const library = `/library?collection=${collection_id}`;
  return (
    <main id="content" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col">
      <PageHeader
        before={
          <Link
            to={library}
            aria-label={t("back")}
            title={t("back")}
            className="-ml-2 grid size-9 shrink-0 place-items-center rounded-lg text-soft hover:bg-sea-wash hover:text-sea pointer-coarse:size-11"
          >
            <ChevronLeft className="size-5" aria-hidden="true" />
          </Link>
        }
        title={<span title={filename}>{filename}</span>}
      >
        <RowMenu
          document={document}
          acts={{
            ...acts,
            download: (shown) => acts.download(shown, view.version),
            remove: () => setDoomed(true),
          }}
          isHere
        />
      </PageHeader>
      <DocumentFacts
        document={document}
        shown={version}
        acts={acts}
        onCurrent={() => go({ version: null })}
      />
      <div className="grid gap-2 px-4 empty:hidden sm:px-6">
        {isGone && <p className="py-2 text-amber">{t("gone")}</p>}
        {problem && <ProblemNote problem={problem} onRetry={followAgain} />}
        {acts.failed && <ProblemNote problem={acts.failed.problem} title={acts.failed.name} />}
        {reported.problem && <ProblemNote problem={reported.problem} onRetry={reported.retry} />}
      </div>
      <div className="flex min-h-0 flex-1 border-t border-line">
        <div className="flex w-52 shrink-0 flex-col border-r border-line max-lg:hidden">
          <PageList name={filename} pages={reported.pages} page={view.page} onPage={(n) => go({ page: n })} />
        </div>
        <DocumentPanels
          document={document}
          versions={versions}
          shown={version}
          page={page}
          reportedPage={reported.pages.find(({ number }) => number === view.page)}
          totals={reported.totals}
          panel={view.panel}
          bar={<PageBar page={view.page} total={total} onPage={(n) => go({ page: n })} />}
          onPanel={(panel) => go({ panel })}
          onLook={(n) => go({ version: n, page: 1 })}
          onRetry={retry}
          onRestored={(now, n) => {
            note(now);
            say(t("restored", { number: n }));
            go({ version: null });
          }}
        />
      </div>
      <p className="sr-only" role="status">
        {said}
      </p>
      {isDoomed && (
        <DocumentsDialog
          documents={[document]}
          onGone={() => say(t("gone"))}
          onClose={(isDeleted) => (isDeleted ? navigate(library) : setDoomed(false))}
        />
      )}
    </main>
  );
}
