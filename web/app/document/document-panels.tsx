import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type {
  DocumentPage,
  DocumentReport,
  DocumentVersion,
  LibraryDocument,
  ReportedPage,
} from "../api/shapes.ts";
import { Choice } from "../components/ui/choice.tsx";
import type { Loaded } from "../source/use-loaded.ts";
import { useMatches } from "../source/use-media.ts";
import type { PanelName } from "./document-view.ts";
import { PageSheet } from "./page-sheet.tsx";
import { ReportPanel } from "./report-panel.tsx";
import { VersionsPanel } from "./versions-panel.tsx";

/** From here on what Ancre reads stands beside the page, below it takes turns with it. */
const BESIDE = "(min-width: 80rem)";

const TITLES = {
  drawn: "drawnView",
  text: "textView",
  report: "reportView",
  versions: "versionsView",
} as const;

type Props = {
  document: LibraryDocument;
  versions: DocumentVersion[];
  shown: number;
  page: Loaded<DocumentPage>;
  reportedPage: ReportedPage | undefined;
  totals: DocumentReport["totals"] | null;
  panel: PanelName | null;
  bar: ReactNode;
  onPanel: (panel: PanelName) => void;
  onLook: (version: number) => void;
  onRestored: (document: LibraryDocument, version: number) => void;
  onRetry: () => void;
};

/** The page, and beside it or in its place what there is to know of it. */
export function DocumentPanels(props: Props) {
  const { document, versions, shown, page, reportedPage, totals, panel, bar, onPanel } = props;
  const { t } = useTranslation("document");
  const isBeside = useMatches(BESIDE);
  const isPdf = document.media_type === "application/pdf";
  const main: PanelName = isPdf ? "drawn" : "text";
  const all: PanelName[] = isPdf ? ["drawn", "text", "report", "versions"] : ["text", "report", "versions"];
  const beside = all.filter((name) => name !== main);
  const of = versions.find(({ version }) => version === shown);
  const hasFile = of ? of.state === "complete" || of.state === "writing" || of.current : true;

  const draw = (name: PanelName): ReactNode => {
    if (name === "report") return <ReportPanel document={document} page={reportedPage} totals={totals} />;
    if (name === "versions") return <VersionsPanel {...props} />;
    return (
      <PageSheet
        document={document}
        state={page}
        isDrawn={name === "drawn"}
        hasFile={hasFile}
        isUnread={totals?.pages === 0}
        onRetry={props.onRetry}
      />
    );
  };
  const choose = (options: PanelName[], value: PanelName) => (
    <Choice
      legend={t("views")}
      value={value}
      options={options.map((name) => ({ value: name, name: t(TITLES[name]) }))}
      onChoose={onPanel}
    />
  );

  if (isBeside) {
    const chosen = beside.find((name) => name === panel) ?? beside[0] ?? "report";
    return (
      <>
        <Pane label={t(TITLES[main])} head={bar} isSheet>
          {draw(main)}
        </Pane>
        <div className="flex w-[clamp(24rem,34vw,40rem)] shrink-0 flex-col border-l border-line">
          <Pane label={t(TITLES[chosen])} head={choose(beside, chosen)}>
            {draw(chosen)}
          </Pane>
        </div>
      </>
    );
  }
  const chosen = all.find((name) => name === panel) ?? main;
  const head = (
    <>
      <div className="max-w-full overflow-x-auto py-0.5">{choose(all, chosen)}</div>
      {bar}
    </>
  );
  return (
    <Pane label={t(TITLES[chosen])} head={head} isSheet={chosen === "drawn" || chosen === "text"}>
      {draw(chosen)}
    </Pane>
  );
}

type PaneProps = { label: string; head: ReactNode; isSheet?: boolean; children: ReactNode };

function Pane({ label, head, isSheet = false, children }: PaneProps) {
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div className="flex min-h-12 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-1">
        {head}
      </div>
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        className={`min-h-0 flex-1 overflow-y-auto p-4 ${isSheet ? "bg-sunken" : ""}`}
        data-source-body
      >
        <div className={`flex flex-col gap-3 ${isSheet ? "mx-auto max-w-3xl" : ""}`}>{children}</div>
      </section>
    </div>
  );
}
