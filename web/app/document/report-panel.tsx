import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { DocumentReport, LibraryDocument, ReportedPage } from "../api/shapes.ts";
import type { document as words } from "../i18n/en/document.ts";
import { useQuantities } from "../i18n/use-quantities.ts";
import { useWarningWords } from "../library/use-warning-words.ts";

type Kind = keyof typeof words.droppedKinds;
type Props = {
  document: LibraryDocument;
  page: ReportedPage | undefined;
  totals: DocumentReport["totals"] | null;
};

/** What reading met: of the page on show, and of the whole document. */
export function ReportPanel({ document, page, totals }: Props) {
  const { t } = useTranslation("document");
  const { number, percent } = useQuantities();
  const warningWords = useWarningWords();
  return (
    <div className="grid gap-5 text-sm">
      {document.warnings.length > 0 && (
        <Part title={t("warnings")}>
          <ul className="grid gap-1.5 text-amber">
            {document.warnings.map((warning) => (
              <li key={warning.code} className="flex gap-2">
                <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
                {warningWords(warning)}
              </li>
            ))}
          </ul>
        </Part>
      )}
      {page && (
        <Part title={t("reportOfPage")}>
          {page.report ? (
            <dl className="grid gap-1.5">
              <Fact name={t("characters")} value={number(page.report.characters)} />
              <Fact
                name={t("garbled")}
                value={percent(page.report.garbled)}
                isAlarming={page.report.garbled > 0}
              />
              <Fact
                name={t("scanned")}
                value={page.report.scanned ? t("yes") : t("no")}
                isAlarming={page.report.scanned}
              />
              <Fact name={t("tables")} value={number(page.report.tables)} />
              <Fact name={t("dropped")} value={<Dropped kinds={page.report.dropped} />} />
            </dl>
          ) : (
            <p className="text-soft">{t("noReport")}</p>
          )}
        </Part>
      )}
      {totals && (
        <Part title={t("reportOfAll")}>
          <dl className="grid gap-1.5">
            <Fact name={t("pagesRead")} value={number(totals.pages)} />
            <Fact name={t("characters")} value={number(totals.characters)} />
            <Fact
              name={t("withoutText")}
              value={number(totals.without_text)}
              isAlarming={totals.without_text > 0}
            />
            <Fact name={t("scannedPages")} value={number(totals.scanned)} isAlarming={totals.scanned > 0} />
            <Fact name={t("garbledPages")} value={number(totals.garbled)} isAlarming={totals.garbled > 0} />
            <Fact name={t("tables")} value={number(totals.tables)} />
            <Fact name={t("dropped")} value={<Dropped kinds={totals.dropped} />} />
          </dl>
        </Part>
      )}
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid gap-2" aria-label={title}>
      <h3 className="font-semibold">{title}</h3>
      {children}
    </section>
  );
}

function Fact({ name, value, isAlarming = false }: { name: string; value: ReactNode; isAlarming?: boolean }) {
  return (
    <div className="flex items-baseline justify-between gap-4 border-b border-line pb-1.5">
      <dt className="text-soft">{name}</dt>
      <dd className={isAlarming ? "text-end font-medium text-amber" : "text-end"}>{value}</dd>
    </div>
  );
}

function Dropped({ kinds }: { kinds: Record<string, number> }) {
  const { t } = useTranslation("document");
  const { number } = useQuantities();
  const met = Object.entries(kinds).filter(([, times]) => times > 0);
  if (met.length === 0) return t("nothingDropped");
  return met.map(([kind, times]) => `${t(`droppedKinds.${known(kind)}`)} (${number(times)})`).join(", ");
}

/** Another release may tell of kinds that this page has no word for. */
function known(kind: string): Kind {
  const kinds: readonly Kind[] = [
    "image",
    "comment",
    "deleted_text",
    "navigation",
    "hidden",
    "embedded",
    "object",
    "broken_content",
    "excess_text",
  ];
  return kinds.find((each) => each === kind) ?? "other";
}
