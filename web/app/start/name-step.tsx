import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { readJson } from "../api/client.ts";
import { type ApiProblem, asProblem } from "../api/problem.ts";
import type { Tenant } from "../api/shapes.ts";
import { workspaceNames } from "../api/tenant-choice.ts";
import { ProblemNote } from "../components/problem-note.tsx";
import { Button } from "../components/ui/button.tsx";

/** Characters the API takes in a name. */
const MAX_NAME_CHARACTERS = 120;

type Props = {
  tenant: Tenant;
  /** Whether the reader is further on. */
  isOver: boolean;
  onNamed: () => void;
};

/** Gives the workspace its name; an organisation's, and a colleague's, is theirs to give. */
export function NameStep({ tenant, isOver, onNamed }: Props) {
  const { t } = useTranslation("start");
  const [name, setName] = useState(tenant.name);
  const [kept, setKept] = useState<string | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const id = useId();
  if (isOver || tenant.kind === "organization" || tenant.role === "member") {
    return <p className="text-soft">{t("nameElsewhere", { name: kept ?? tenant.name })}</p>;
  }
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "") return;
    setProblem(null);
    readJson<Tenant>(`/tenants/${tenant.id}`, { method: "PATCH", body: { name: name.trim() } }).then(
      (renamed) => {
        setKept(renamed.name);
        workspaceNames.noteChange();
        onNamed();
      },
      (error: unknown) => setProblem(asProblem(error)),
    );
  };
  return (
    <>
      <form className="flex flex-wrap gap-2" onSubmit={save}>
        <label htmlFor={id} className="sr-only">
          {t("nameField")}
        </label>
        <input
          id={id}
          value={name}
          maxLength={MAX_NAME_CHARACTERS}
          autoComplete="organization"
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          className="min-h-10 min-w-0 flex-1 basis-48 rounded-lg border border-control bg-surface px-3 pointer-coarse:min-h-11"
        />
        <Button type="submit" disabled={name.trim() === "" || name.trim() === kept}>
          {t("nameSave")}
        </Button>
      </form>
      <p role="status" className={kept === null ? "sr-only" : "text-sm text-soft"}>
        {kept !== null && t("nameKept", { name: kept })}
      </p>
      {problem && <ProblemNote problem={problem} />}
    </>
  );
}
