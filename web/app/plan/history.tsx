import { Download } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../api/problem.ts";
import type { UsageDay } from "../api/shapes.ts";
import { ProblemNote } from "../components/problem-note.tsx";
import { saveFile } from "../components/save-file.ts";
import { Button } from "../components/ui/button.tsx";
import { Choice } from "../components/ui/choice.tsx";
import { HistoryChart } from "./history-chart.tsx";
import { historyCsv } from "./history-csv.ts";
import { amountOn, SERIES, type Series } from "./history-days.ts";
import { HistoryTable } from "./history-table.tsx";

type Props = { history: UsageDay[] | ApiProblem; onRetry: () => void };

const VIEWS = ["chart", "table"] as const;

/** What was used day by day: a chart of one thing, or a table of all, and a file of it. */
export function History({ history, onRetry }: Props) {
  const { t } = useTranslation("plan");
  return (
    <section aria-labelledby="history-title" className="grid grid-cols-1 gap-4">
      <h2 id="history-title" className="text-lg font-semibold">
        {t("history")}
      </h2>
      {history instanceof ApiProblem ? (
        <ProblemNote problem={history} onRetry={onRetry} />
      ) : history.every((day) => SERIES.every((series) => amountOn(day, series) === 0)) ? (
        <p className="text-soft">{t("empty")}</p>
      ) : (
        <Days days={history} />
      )}
    </section>
  );
}

function Days({ days }: { days: UsageDay[] }) {
  const { t } = useTranslation("plan");
  const [series, setSeries] = useState<Series>("questions");
  const [view, setView] = useState<(typeof VIEWS)[number]>("chart");
  const unpriced = days.reduce((sum, day) => sum + day.unpriced, 0);
  const save = () => {
    const name = t("csvName", { from: days[0]?.period, to: days.at(-1)?.period });
    saveFile(`${name}.csv`, new Blob([historyCsv(days)], { type: "text/csv" }));
  };
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2" data-screen>
        {view === "chart" && (
          <Choice
            legend={t("show")}
            options={SERIES.map((name) => ({ value: name, name: t(`metrics.${name}`) }))}
            value={series}
            onChoose={setSeries}
          />
        )}
        <div className="flex flex-wrap items-center gap-2 sm:ml-auto">
          <Choice
            legend={t("view")}
            options={VIEWS.map((name) => ({ value: name, name: t(name) }))}
            value={view}
            onChoose={setView}
          />
          <Button size="small" look="quiet" onClick={save}>
            <Download aria-hidden="true" />
            {t("csv")}
          </Button>
        </div>
      </div>
      {view === "chart" ? <HistoryChart days={days} series={series} /> : <HistoryTable days={days} />}
      <p className="text-sm text-soft">
        {t("note")} {unpriced > 0 && t("unpriced", { count: unpriced })}
      </p>
    </>
  );
}
