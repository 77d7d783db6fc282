import { Link, useRevalidator } from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { readJson } from "../api/client.ts";
import { type ApiProblem, asProblem } from "../api/problem.ts";
import type { Tenant } from "../api/shapes.ts";
import { workspaceNames } from "../api/tenant-choice.ts";
import { ProblemNote } from "../components/problem-note.tsx";
import { Button } from "../components/ui/button.tsx";
import { Field, INPUT } from "../components/ui/field.tsx";
import { useQuantities } from "../i18n/use-quantities.ts";
import { Fact, Section } from "./section.tsx";
import { useSettings } from "./settings-frame.tsx";

/** Characters the API takes in a name. */
const MAX_NAME = 120;

/** The workspace's name and facts. */
export function WorkspaceSection() {
  const { t } = useTranslation("settings");
  const usage = useTranslation("usage");
  const { date } = useQuantities();
  const { me, tenant } = useSettings();
  const canRename = tenant.kind === "personal" && me.role !== "member";
  return (
    <Section title={t("sections.workspace")}>
      {canRename ? (
        <RenameForm tenant={tenant} />
      ) : (
        <>
          <p className="text-lg font-semibold break-words">{tenant.name}</p>
          <p className="text-soft">
            {tenant.kind === "organization" ? t("workspace.ofOrganization") : t("workspace.managersOnly")}
          </p>
        </>
      )}
      <dl>
        <Fact name={t("workspace.plan")}>
          {usage.t(`planNames.${tenant.plan}`)} ·{" "}
          <Link to="/plan" className="text-sea underline">
            {t("workspace.seePlan")}
          </Link>
        </Fact>
        <Fact name={t("workspace.created")}>{date(tenant.created_at)}</Fact>
        <Fact name={t("workspace.id")}>
          <code className="font-mono text-[0.875rem] break-all">{tenant.id}</code>
          <span className="block text-sm text-soft">{t("workspace.idHint")}</span>
        </Fact>
      </dl>
    </Section>
  );
}

function RenameForm({ tenant }: { tenant: Tenant }) {
  const { t } = useTranslation("settings");
  const { revalidate } = useRevalidator();
  const [name, setName] = useState(tenant.name);
  const [state, setState] = useState<"editing" | "saving" | "saved">("editing");
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const wanted = name.trim();
  const canSave = wanted !== "" && wanted !== tenant.name && state !== "saving";
  const save = () => {
    if (!canSave) return;
    setState("saving");
    setProblem(null);
    readJson<Tenant>(`/tenants/${tenant.id}`, { method: "PATCH", body: { name: wanted } }).then(
      (renamed) => {
        setName(renamed.name);
        setState("saved");
        workspaceNames.noteChange();
        revalidate();
      },
      (error: unknown) => {
        setState("editing");
        setProblem(asProblem(error));
      },
    );
  };
  return (
    <form
      className="grid grid-cols-1 gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Field label={t("workspace.name")} hint={t("workspace.nameHint")}>
        {(parts) => (
          <input
            {...parts}
            className={INPUT}
            value={name}
            maxLength={MAX_NAME}
            onChange={({ currentTarget }) => {
              setName(currentTarget.value);
              setState("editing");
            }}
          />
        )}
      </Field>
      {problem && <ProblemNote problem={problem} />}
      <div className="flex items-center gap-3">
        <Button type="submit" look="primary" disabled={!canSave}>
          {t("save")}
        </Button>
        <span role="status" className="text-sm text-soft">
          {state === "saved" && t("saved")}
        </span>
      </div>
    </form>
  );
}
