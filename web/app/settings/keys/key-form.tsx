import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { readJson } from "../../api/client.ts";
import { type ApiProblem, asProblem } from "../../api/problem.ts";
import type { Assistant, KeyScope, NewApiKey } from "../../api/shapes.ts";
import { ProblemNote } from "../../components/problem-note.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Field, FieldGroup, INPUT } from "../../components/ui/field.tsx";
import { Tick } from "../../components/ui/tick.tsx";
import { EXPIRIES, type Expiry, expiryDate } from "./expiry.ts";

const SCOPES: KeyScope[] = ["chat", "read", "write"];
/** Characters the API takes in a name. */
const MAX_NAME = 120;

type Props = {
  assistants: Assistant[];
  /** The one that the key is made for, if one came for that. */
  wanted: Assistant | null;
  onClose: () => void;
  onMade: (key: NewApiKey) => void;
};

/** What a new key is for: a name, what it may do, whom it may ask, for how long. */
export function KeyForm({ assistants, wanted, onClose, onMade }: Props) {
  const { t } = useTranslation("settings");
  const [name, setName] = useState(wanted?.name ?? "");
  const [scopes, setScopes] = useState<KeyScope[]>(["chat"]);
  const [only, setOnly] = useState<string[] | null>(wanted ? [wanted.id] : null);
  const [expiry, setExpiry] = useState<Expiry>("never");
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const mayOnlyAsk = scopes.length === 1 && scopes[0] === "chat";
  const isComplete = name.trim() !== "" && scopes.length > 0 && (!mayOnlyAsk || only?.length !== 0);

  const make = (event: FormEvent) => {
    event.preventDefault();
    if (!isComplete || isBusy) return;
    setBusy(true);
    setProblem(null);
    const body = {
      ...{ name, scopes, assistant_ids: mayOnlyAsk ? only : null },
      expires_at: expiryDate(expiry, new Date()),
    };
    readJson<NewApiKey>("/api-keys", { body }).then(onMade, (error: unknown) => {
      setBusy(false);
      setProblem(asProblem(error));
    });
  };

  return (
    <form className="grid grid-cols-1 gap-5 rounded-2xl border border-line p-5" onSubmit={make}>
      <Field label={t("keys.name")} hint={t("keys.nameHint")}>
        {(parts) => (
          <input
            {...parts}
            className={INPUT}
            value={name}
            maxLength={MAX_NAME}
            required
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
        )}
      </Field>
      <FieldGroup label={t("keys.scopes")}>
        {SCOPES.map((scope) => (
          <Tick
            key={scope}
            label={t(`keys.scopeNames.${scope}`)}
            hint={t(`keys.scopeHints.${scope}`)}
            isTicked={scopes.includes(scope)}
            onTick={(isTicked) =>
              setScopes(SCOPES.filter((one) => (one === scope ? isTicked : scopes.includes(one))))
            }
          />
        ))}
      </FieldGroup>
      {scopes.includes("chat") && assistants.length > 0 && (
        <FieldGroup label={t("keys.assistants")} {...(mayOnlyAsk ? {} : { hint: t("keys.someNeedChat") })}>
          <Tick
            kind="radio"
            label={t("keys.allAssistants")}
            isTicked={!mayOnlyAsk || only === null}
            onTick={() => setOnly(null)}
          />
          <Tick
            kind="radio"
            label={t("keys.someAssistants")}
            isTicked={mayOnlyAsk && only !== null}
            isDisabled={!mayOnlyAsk}
            onTick={() => setOnly([])}
          />
          {mayOnlyAsk && only && (
            <div className="ms-7 grid max-h-60 grid-cols-1 overflow-y-auto">
              {assistants.map(({ id, name: assistantName }) => (
                <Tick
                  key={id}
                  label={assistantName}
                  isTicked={only.includes(id)}
                  onTick={(isTicked) =>
                    setOnly(isTicked ? [...only, id] : only.filter((other) => other !== id))
                  }
                />
              ))}
            </div>
          )}
        </FieldGroup>
      )}
      <Field label={t("keys.expires")}>
        {(parts) => (
          <select
            {...parts}
            className={`${INPUT} sm:max-w-80`}
            value={expiry}
            onChange={({ currentTarget }) => setExpiry(currentTarget.value as Expiry)}
          >
            {EXPIRIES.map((each) => (
              <option key={each} value={each}>
                {t(`keys.expiries.${each}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {problem && <ProblemNote problem={problem} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" disabled={!isComplete || isBusy}>
          {t("keys.create")}
        </Button>
        <Button onClick={onClose}>{t("cancel", { ns: "everywhere" })}</Button>
      </div>
    </form>
  );
}
