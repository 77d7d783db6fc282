import { useSearchParams } from "@remix-run/react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { readJson } from "../../api/client.ts";
import { type ApiProblem, asProblem } from "../../api/problem.ts";
import type { AuditRecord, List } from "../../api/shapes.ts";
import { ProblemNote } from "../../components/problem-note.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Field, INPUT } from "../../components/ui/field.tsx";
import { type AuditData, auditPath } from "../load-settings.ts";
import { Section } from "../section.tsx";
import { AUDIT_ACTIONS } from "./actions.ts";
import { AuditRow } from "./audit-row.tsx";

/** What was put on record, newest first, a page at a time. */
export function AuditSection({ data }: { data: AuditData | null }) {
  const { t } = useTranslation("settings");
  const [, setSearch] = useSearchParams();
  return (
    <Section title={t("sections.audit")}>
      {data === null ? (
        <p className="font-medium">{t("audit.ownersOnly")}</p>
      ) : (
        <>
          <p className="max-w-prose text-soft">{t("audit.intro")}</p>
          <Field label={t("audit.filter")}>
            {(parts) => (
              <select
                {...parts}
                className={`${INPUT} sm:max-w-80`}
                value={data.action ?? ""}
                onChange={({ currentTarget: { value } }) => setSearch(value ? { action: value } : {})}
              >
                <option value="">{t("audit.everything")}</option>
                {AUDIT_ACTIONS.map((action) => (
                  <option key={action} value={action}>
                    {t(`audit.actions.${action}`)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Records key={data.action} data={data} />
        </>
      )}
    </Section>
  );
}

function Records({ data: { action, page, names } }: { data: AuditData }) {
  const { t } = useTranslation("settings");
  const [pages, setPages] = useState([page]);
  const [isLoading, setLoading] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  useEffect(() => setPages([page]), [page]);
  const records = pages.flatMap((each) => each.data);
  const cursor = pages.at(-1)?.next_cursor ?? null;
  const showMore = () => {
    setLoading(true);
    setProblem(null);
    readJson<List<AuditRecord>>(auditPath(action, cursor))
      .then(
        (more) => setPages([...pages, more]),
        (error: unknown) => setProblem(asProblem(error)),
      )
      .finally(() => setLoading(false));
  };
  if (records.length === 0) return <p className="text-soft">{t("audit.empty")}</p>;
  return (
    <>
      <table className="w-full max-sm:block" data-audit>
        <thead className="text-sm text-soft max-sm:sr-only">
          <tr>
            {(["what", "who", "when"] as const).map((column) => (
              <th key={column} scope="col" className="py-1.5 pe-4 text-start font-medium">
                {t(`audit.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="max-sm:block">
          {records.map((record) => (
            <AuditRow key={record.id} record={record} names={names} />
          ))}
        </tbody>
      </table>
      {problem && <ProblemNote problem={problem} onRetry={showMore} />}
      {cursor && !problem && (
        <Button className="justify-self-start" disabled={isLoading} onClick={showMore}>
          {t("showMore", { ns: "everywhere" })}
        </Button>
      )}
    </>
  );
}
